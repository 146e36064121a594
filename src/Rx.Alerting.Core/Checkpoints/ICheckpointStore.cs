namespace Rx.Alerting.Core.Checkpoints;

/// <summary>
/// Keeps the checkpoints of pipelines, of each the latest one: a set of entries, with the epoch of its owner and a number that grows by
/// one with every commit. Any thread may call; calls for different pipelines may run side by side.
/// </summary>
/// <exception cref="CheckpointStoreException">From every method: the store did not answer, or refused.</exception>
public interface ICheckpointStore : IAsyncDisposable
{
    /// <summary>
    /// Makes the caller the owner of <paramref name="pipeline"/>, which need not exist yet: its epoch grows by one, and commits of earlier epochs are
    /// refused from then on.
    /// </summary>
    Task<CheckpointHead> AcquireAsync(string pipeline, CancellationToken cancel);

    /// <summary>Null where nobody has ever acquired <paramref name="pipeline"/>.</summary>
    Task<CheckpointHead?> FindAsync(string pipeline, CancellationToken cancel);

    /// <summary>The names of all pipelines, in ordinal order.</summary>
    Task<IReadOnlyList<string>> ListAsync(CancellationToken cancel);

    /// <summary>
    /// The entries of a section, in chunks, in no order. They are of one commit if none came between: the owner knows that, others compare
    /// <see cref="FindAsync"/> before and after.
    /// </summary>
    IAsyncEnumerable<IReadOnlyList<StateEntry>> ReadAsync(string pipeline, string section, CancellationToken cancel);

    /// <summary>
    /// All or nothing: checks the epoch and that the latest commit is the one before this one, removes, writes, and counts on. A commit that
    /// is there already (same epoch, same id) succeeds and changes nothing, so whoever does not know how a commit ended repeats it.
    /// </summary>
    /// <exception cref="OwnershipLostException">Somebody else has acquired the pipeline since.</exception>
    /// <exception cref="CheckpointRolledBackException">The store's latest commit is not the one before: it has lost some, or been reset.</exception>
    Task CommitAsync(CheckpointCommit commit, CancellationToken cancel);

    /// <summary>Forgets the pipeline's entries, not its epoch, which grows by one: its owner's next commit is refused.</summary>
    Task ResetAsync(string pipeline, CancellationToken cancel);
}
