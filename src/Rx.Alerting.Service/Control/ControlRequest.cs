namespace Rx.Alerting.Service.Control;

/// <summary>A control message that has been understood.</summary>
/// <param name="Id">Chosen by the sender. A command that comes again with its id does nothing again.</param>
/// <param name="Type">As the message names it: <c>silence</c>.</param>
/// <param name="By">Who asks.</param>
/// <param name="Action">What is to be done.</param>
internal sealed record ControlRequest(string Id, string Type, string By, ControlAction Action);
