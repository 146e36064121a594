namespace Rx.Alerting.Core.Checkpoints;

/// <summary>The owner of a pipeline, and the pipeline's latest commit.</summary>
/// <param name="Epoch">Grows by one with every owner. The first epoch is 1.</param>
/// <param name="Owner">The owner that acquired the pipeline last. Empty after a reset.</param>
/// <param name="Id">Number of the latest commit; 0 before the first commit.</param>
/// <param name="CommittedAt">When the latest commit was made, by the owner's clock. Null before the first commit.</param>
public sealed record CheckpointHead(long Epoch, string Owner, long Id, DateTimeOffset? CommittedAt)
{
    /// <summary>A pipeline that has no owner and no commit yet.</summary>
    public static CheckpointHead None { get; } = new(0, string.Empty, 0, null);

    /// <summary>Whether the commit is in the store already, as it was repeated. If not, it may be written now.</summary>
    /// <exception cref="OwnershipLostException">Another owner has acquired the pipeline.</exception>
    /// <exception cref="CheckpointRolledBackException">It does not follow on the latest one: the store has lost commits.</exception>
    public bool HasAlready(CheckpointCommit commit)
    {
        if (Epoch > commit.Epoch || (Epoch == commit.Epoch && Owner != commit.Owner))
            throw new OwnershipLostException(commit.Pipeline, commit.Epoch, Epoch);
        if (Epoch == commit.Epoch && Id == commit.Id)
            return true;
        if (Epoch < commit.Epoch || Id != commit.Id - 1)
            throw new CheckpointRolledBackException(commit.Pipeline, commit.Id - 1, Id);
        return false;
    }
}

/// <summary>The changes of a pipeline's state since the commit before.</summary>
/// <param name="Pipeline">The pipeline's name.</param>
/// <param name="Epoch">The epoch of the owner that commits.</param>
/// <param name="Owner">The owner that commits.</param>
/// <param name="Id">One more than the commit before.</param>
/// <param name="CommittedAt">When the commit was made, for people.</param>
/// <param name="Changes">Entries that are new or have changed, and keys that are gone.</param>
public sealed record CheckpointCommit(string Pipeline, long Epoch, string Owner, long Id, DateTimeOffset CommittedAt, StateChanges Changes)
{
    /// <summary>Whether the written entries are the whole state. The store then removes all other entries.</summary>
    public bool ReplacesAll { get; init; }
}

/// <summary>The changes of a state. No key occurs twice.</summary>
/// <param name="Written">New and changed entries. Their memory must not change before the commit has ended.</param>
/// <param name="Removed">Keys whose entries are gone. A key without an entry does no harm.</param>
public sealed record StateChanges(IReadOnlyList<StateEntry> Written, IReadOnlyList<StateKey> Removed);
