namespace Rx.Alerting.Core.Checkpoints;

/// <summary>Where an exported checkpoint comes from.</summary>
/// <param name="Pipeline">Its name.</param>
/// <param name="Id">Number of the commit.</param>
/// <param name="CommittedAt">When that was; null where it is not known.</param>
public sealed record CheckpointOrigin(string Pipeline, long Id, DateTimeOffset? CommittedAt);
