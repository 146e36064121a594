namespace Rx.Alerting.Core.EventTime;

/// <summary>A partition whose event times are ahead of the present.</summary>
/// <param name="Name">The partition.</param>
/// <param name="Ahead">By how much.</param>
public sealed record FastPartition(string Name, TimeSpan Ahead);
