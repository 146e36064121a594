namespace Rx.Alerting.Core.EventTime;

/// <summary>A partition whose event times are ahead of the present.</summary>
/// <param name="Name">The partition's name.</param>
/// <param name="Ahead">How far its event times are ahead.</param>
public sealed record FastPartition(string Name, TimeSpan Ahead);
