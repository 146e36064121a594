namespace Rx.Alerting.Core.Checkpoints;

/// <summary>
/// Keeps the checkpoints of pipelines, of each the latest one: a set of entries, with the epoch of its owner and a number that grows by
/// one with every commit. Any thread may call; calls for different pipelines may run side by side.
/// </summary>
/// <exception cref="CheckpointStoreException">From every method: the store did not answer, or refused.</exception>
public interface ICheckpointStore : IAsyncDisposable
{
    /// <summary>What may be wrong with the store though it does what it is asked for, for people, without a full stop; null: nothing that it knows of.</summary>
    string? Doubt => null;

    /// <summary>
    /// Makes <paramref name="owner"/> the owner of <paramref name="pipeline"/>, which need not exist yet: its epoch grows by one, and commits of
    /// others are refused from then on. The owner it has already stays so, with the same epoch: an attempt that was given up may take effect late.
    /// </summary>
    /// <param name="pipeline">Any text without control characters.</param>
    /// <param name="owner">Unique to this acquisition. A store that has gone back may give an epoch a second time; an owner it has not seen.</param>
    /// <param name="cancel">Gives up waiting; whether the caller is the owner is then not known.</param>
    Task<CheckpointHead> AcquireAsync(string pipeline, string owner, CancellationToken cancel);

    /// <summary>Null where nobody has ever acquired <paramref name="pipeline"/>.</summary>
    Task<CheckpointHead?> FindAsync(string pipeline, CancellationToken cancel);

    /// <summary>The names of all pipelines, in ordinal order.</summary>
    Task<IReadOnlyList<string>> ListAsync(CancellationToken cancel);

    /// <summary>
    /// The entries of a section, in chunks, in no order; each once. They are of one commit if none came between: whoever reads compares
    /// <see cref="FindAsync"/> before and after, as an owner, too, can be overtaken or the store go back.
    /// </summary>
    /// <exception cref="CheckpointStoreException"><see cref="CheckpointStoreProblem.Incomplete"/>, at the end at the latest, where the store can tell that entries are missing.</exception>
    IAsyncEnumerable<IReadOnlyList<StateEntry>> ReadAsync(string pipeline, string section, CancellationToken cancel);

    /// <summary>
    /// All of the latest commit, though others follow while it is read; null where nobody has ever acquired <paramref name="pipeline"/>. Unless a store
    /// has a better way, all is read into memory, and again as long as commits come between.
    /// </summary>
    async Task<CheckpointSnapshot?> SnapshotAsync(string pipeline, CancellationToken cancel)
    {
        while (await FindAsync(pipeline, cancel).ConfigureAwait(false) is not null)
        {
            if (await CheckpointSnapshot.TryReadAsync(this, pipeline, cancel).ConfigureAwait(false) is { } snapshot)
                return snapshot;
        }

        return null;
    }

    /// <summary>
    /// All or nothing: checks epoch and owner, and that the latest commit is the one before this one; removes, writes, and counts on. A
    /// commit that is there already (same epoch, owner and id) succeeds and changes nothing, so whoever does not know how a commit ended repeats it.
    /// </summary>
    /// <exception cref="CheckpointStoreException"><see cref="CheckpointStoreProblem.Incomplete"/>: entries of earlier commits are gone. The commit does not count, and only one that replaces all can follow.</exception>
    /// <exception cref="OwnershipLostException">Somebody else has acquired the pipeline since: the epoch is higher, or the same with another owner.</exception>
    /// <exception cref="CheckpointRolledBackException">The epoch is lower, or the latest commit is not the one before: the store has lost some.</exception>
    Task CommitAsync(CheckpointCommit commit, CancellationToken cancel);

    /// <summary>Forgets the pipeline's entries, not its epoch, which grows by one, with no owner; the id is 0 again. Its owner's next commit is refused.</summary>
    Task ResetAsync(string pipeline, CancellationToken cancel);
}
