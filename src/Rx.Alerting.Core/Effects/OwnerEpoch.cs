namespace Rx.Alerting.Core.Effects;

/// <summary>
/// The epoch of a pipeline's owner, as its checkpoint says; 0 if there is none. Asked where a board has a later epoch than the asker: after
/// a store has gone back, epochs begin again.
/// </summary>
public delegate Task<long> OwnerEpoch(string pipeline, CancellationToken cancel);
