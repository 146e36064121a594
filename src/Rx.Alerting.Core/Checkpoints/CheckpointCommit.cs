namespace Rx.Alerting.Core.Checkpoints;

/// <summary>Who owns a pipeline, and how far its checkpoint is.</summary>
/// <param name="Epoch">Grows with every owner; the first is 1.</param>
/// <param name="Owner">Who acquired it last; empty after a reset.</param>
/// <param name="Id">Number of the latest commit; 0 before the first.</param>
/// <param name="CommittedAt">When that was, by the clock of who committed; null before the first.</param>
public sealed record CheckpointHead(long Epoch, string Owner, long Id, DateTimeOffset? CommittedAt);

/// <summary>What has changed since the commit before.</summary>
/// <param name="Pipeline">Its name.</param>
/// <param name="Epoch">Of the owner who commits.</param>
/// <param name="Owner">Who commits.</param>
/// <param name="Id">One more than the commit before.</param>
/// <param name="CommittedAt">When; for people.</param>
/// <param name="Changes">Entries that are new or have changed, and keys that are gone.</param>
public sealed record CheckpointCommit(string Pipeline, long Epoch, string Owner, long Id, DateTimeOffset CommittedAt, StateChanges Changes)
{
    /// <summary>Whether the entries written are the whole state: any others that the store has go.</summary>
    public bool ReplacesAll { get; init; }
}

/// <summary>What has changed in a state. No key stands twice.</summary>
/// <param name="Written">New and changed entries. Their memory must not change before the commit has ended.</param>
/// <param name="Removed">Keys whose entries are gone; a key that is not there does no harm.</param>
public sealed record StateChanges(IReadOnlyList<StateEntry> Written, IReadOnlyList<StateKey> Removed);
