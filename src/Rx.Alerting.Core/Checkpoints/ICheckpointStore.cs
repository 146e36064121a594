namespace Rx.Alerting.Core.Checkpoints;

/// <summary>Keeps the latest checkpoint of each pipeline.</summary>
/// <remarks>
/// A checkpoint is a set of entries with a head (<see cref="CheckpointHead"/>): the owner, the owner's epoch, and the number of the latest
/// commit. A store is thread-safe. Calls for different pipelines may run concurrently.
/// </remarks>
/// <exception cref="CheckpointStoreException">From every method: the store did not answer, or refused.</exception>
public interface ICheckpointStore : IAsyncDisposable
{
    /// <summary>
    /// What may be wrong with the store although its calls succeed, for the operator, without a full stop. Null if the store knows of
    /// nothing.
    /// </summary>
    string? Doubt => null;

    /// <summary>Makes <paramref name="owner"/> the owner of a pipeline.</summary>
    /// <remarks>
    /// <list type="bullet">
    /// <item>The pipeline need not exist.</item>
    /// <item>The epoch grows by one. From then on, commits of other owners are refused.</item>
    /// <item>The call is idempotent: if <paramref name="owner"/> is the owner already, owner and epoch stay the same. Reason: an attempt
    /// that the caller has given up may take effect late.</item>
    /// </list>
    /// </remarks>
    /// <param name="pipeline">Any text without control characters.</param>
    /// <param name="owner">Unique to this acquisition. A store that has gone back may use an epoch a second time, but it has not seen this
    /// owner.</param>
    /// <param name="cancel">Gives up waiting. Whether the caller has become the owner is not known then.</param>
    Task<CheckpointHead> AcquireAsync(string pipeline, string owner, CancellationToken cancel);

    /// <summary>The head of a pipeline's checkpoint. Null if the pipeline has never been acquired.</summary>
    Task<CheckpointHead?> FindAsync(string pipeline, CancellationToken cancel);

    /// <summary>The names of all pipelines, in ordinal order.</summary>
    Task<IReadOnlyList<string>> ListAsync(CancellationToken cancel);

    /// <summary>The entries of a section, in chunks. Each entry comes once, in no particular order.</summary>
    /// <remarks>
    /// All entries are of one commit unless a commit came while reading. So compare <see cref="FindAsync"/> before and after. This holds
    /// for the owner as well: another owner may take over, or the store may go back.
    /// </remarks>
    /// <exception cref="CheckpointStoreException">With <see cref="CheckpointStoreProblem.Incomplete"/>: the store can tell that entries are
    /// missing. Thrown at the end of the sequence at the latest.</exception>
    IAsyncEnumerable<IReadOnlyList<StateEntry>> ReadAsync(string pipeline, string section, CancellationToken cancel);

    /// <summary>The whole latest commit, also if other commits follow while it is read.</summary>
    /// <remarks>
    /// This default reads all entries into memory, and repeats that as long as commits come while reading. A store may have a better way.
    /// </remarks>
    /// <returns>Null if the pipeline has never been acquired.</returns>
    async Task<CheckpointSnapshot?> SnapshotAsync(string pipeline, CancellationToken cancel)
    {
        while (await FindAsync(pipeline, cancel).ConfigureAwait(false) is not null)
        {
            if (await CheckpointSnapshot.TryReadAsync(this, pipeline, cancel).ConfigureAwait(false) is { } snapshot)
                return snapshot;
        }

        return null;
    }

    /// <summary>Commits changes, all or nothing.</summary>
    /// <remarks>
    /// <list type="number">
    /// <item>The store compares epoch, owner and number with the head.</item>
    /// <item>The store removes and writes the entries, and sets the number of the head. All of that takes effect at once.</item>
    /// </list>
    /// A commit is idempotent: if it is there already (same epoch, owner and number), the call succeeds and changes nothing. So an owner
    /// repeats a commit whose outcome is not known.
    /// </remarks>
    /// <exception cref="CheckpointStoreException">With <see cref="CheckpointStoreProblem.Incomplete"/>: entries of earlier commits are
    /// gone. The commit has not taken effect. Only a commit that replaces everything can follow.</exception>
    /// <exception cref="OwnershipLostException">Another owner has acquired the pipeline: the head has a higher epoch, or the same epoch and
    /// another owner.</exception>
    /// <exception cref="CheckpointRolledBackException">The store has lost commits: the head has a lower epoch, or the latest commit is not
    /// the commit before this one.</exception>
    Task CommitAsync(CheckpointCommit commit, CancellationToken cancel);

    /// <summary>Forgets the state of a pipeline.</summary>
    /// <remarks>
    /// All entries are removed, and the number of the latest commit is 0 again. The epoch grows by one and has no owner, so the next commit
    /// of the earlier owner is refused.
    /// </remarks>
    Task ResetAsync(string pipeline, CancellationToken cancel);
}
