using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Testing.Checkpoints;

namespace Rx.Alerting.Core.Tests.Checkpoints;

/// <summary>A store that fails every commit once. Asserts that the repeated commit has the same content.</summary>
internal sealed class InterruptedStore(Func<CheckpointCommit, CancellationToken, Task> interrupt) : ICheckpointStore
{
    private readonly Dictionary<long, string> seen = [];

    public InMemoryCheckpointStore Kept { get; } = new();

    /// <summary>The numbers of the commits, in the order of the calls.</summary>
    public List<long> Commits { get; } = [];

    public Task<CheckpointHead> AcquireAsync(string pipeline, string owner, CancellationToken cancel) =>
        Kept.AcquireAsync(pipeline, owner, cancel);

    public Task<CheckpointHead?> FindAsync(string pipeline, CancellationToken cancel) => Kept.FindAsync(pipeline, cancel);

    public Task<IReadOnlyList<string>> ListAsync(CancellationToken cancel) => Kept.ListAsync(cancel);

    public IAsyncEnumerable<IReadOnlyList<StateEntry>> ReadAsync(string pipeline, string section, CancellationToken cancel) =>
        Kept.ReadAsync(pipeline, section, cancel);

    public async Task CommitAsync(CheckpointCommit commit, CancellationToken cancel)
    {
        Commits.Add(commit.Id);
        var now = Shown(commit.Changes);
        if (seen.TryAdd(commit.Id, now))
        {
            await interrupt(commit, cancel);
            throw new CheckpointStoreException(CheckpointStoreProblem.Unavailable, "The store is interrupted.");
        }

        Assert.Equal(seen[commit.Id], now);
        await Kept.CommitAsync(commit, cancel);
    }

    public Task ResetAsync(string pipeline, CancellationToken cancel) => Kept.ResetAsync(pipeline, cancel);

    public ValueTask DisposeAsync() => Kept.DisposeAsync();

    /// <summary>The present bytes of changes, as text.</summary>
    public static string Shown(StateChanges changes)
    {
        var removed = changes.Removed.Select(key => $"{key} -");
        var written = changes.Written.Select(entry => $"{entry.Key} {Convert.ToHexString(entry.Value.Span)}");
        return string.Join('\n', [.. removed, .. written]);
    }
}
