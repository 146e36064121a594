namespace Rx.Alerting.Core.Checkpoints;

/// <summary>Where an exported checkpoint comes from.</summary>
/// <param name="Pipeline">The pipeline's name.</param>
/// <param name="Id">Number of the commit.</param>
/// <param name="CommittedAt">When the commit was made. Null if that is not known.</param>
public sealed record CheckpointOrigin(string Pipeline, long Id, DateTimeOffset? CommittedAt);
