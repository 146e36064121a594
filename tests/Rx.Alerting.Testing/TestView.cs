namespace Rx.Alerting.Testing;

/// <summary>A view as tests write it down.</summary>
/// <param name="Time">Event time, milliseconds since the Unix epoch.</param>
/// <param name="Property">The property.</param>
/// <param name="Title">The title; empty: none.</param>
/// <param name="ErrorType">The class of failure; empty: the view succeeded.</param>
/// <param name="Message">What the player said.</param>
/// <param name="Slice">Its circumstances, such as <c>cdn=fastly country=BR</c>; empty: the record does not say.</param>
public readonly record struct TestView(
    long Time,
    string Property,
    string Title = "",
    string ErrorType = "",
    string Message = "",
    string Slice = "");
