using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Testing;
using Rx.Alerting.Testing.Checkpoints;

namespace Rx.Alerting.Core.Tests.Crashes;

/// <summary>A store in which each call may fail before or after it took effect, be slow, or be the moment at which the process crashes.</summary>
internal sealed class SimulatedStore(SplitMix random) : ICheckpointStore
{
    private readonly InMemoryCheckpointStore kept = new();
    private readonly List<TaskCompletionSource> waiting = [];
    private readonly Dictionary<string, int> commits = [];

    /// <summary>Ends what goes on in the process at once: no call of it ever returns again.</summary>
    public event Action? Crashed;

    public int Faults { get; private set; }

    public bool IsQuiet { get; set; }

    /// <summary>Lets a slow call go on.</summary>
    public void Step()
    {
        if (waiting.Count == 0)
            return;
        var next = waiting[random.Next(waiting.Count)];
        waiting.Remove(next);
        next.SetResult();
    }

    /// <summary>The store comes back without its latest commits.</summary>
    public void RollBack(string pipeline)
    {
        var lost = Math.Min(commits.GetValueOrDefault(pipeline), 1 + random.Next(3));
        if (lost == 0)
            return;
        commits[pipeline] -= lost;
        kept.RollBack(pipeline, lost);
    }

    public Task<CheckpointHead> AcquireAsync(string pipeline, string owner, CancellationToken cancel) =>
        DisturbAsync(() => kept.AcquireAsync(pipeline, owner, cancel));

    public Task<CheckpointHead?> FindAsync(string pipeline, CancellationToken cancel) => kept.FindAsync(pipeline, cancel);

    public Task<IReadOnlyList<string>> ListAsync(CancellationToken cancel) => kept.ListAsync(cancel);

    public IAsyncEnumerable<IReadOnlyList<StateEntry>> ReadAsync(string pipeline, string section, CancellationToken cancel) => kept.ReadAsync(pipeline, section, cancel);

    public Task CommitAsync(CheckpointCommit commit, CancellationToken cancel) => DisturbAsync(async () =>
    {
        var before = (await kept.FindAsync(commit.Pipeline, cancel))?.Id;
        await kept.CommitAsync(commit, cancel);
        if (before != commit.Id)
            commits[commit.Pipeline] = commits.GetValueOrDefault(commit.Pipeline) + 1;
        return true;
    });

    public Task ResetAsync(string pipeline, CancellationToken cancel) => kept.ResetAsync(pipeline, cancel);

    public ValueTask DisposeAsync() => kept.DisposeAsync();

    private async Task<T> DisturbAsync<T>(Func<Task<T>> call)
    {
        await DisturbAsync();
        var result = await call();
        await DisturbAsync();
        return result;
    }

    private async Task DisturbAsync()
    {
        if (IsQuiet)
            return;
        switch (random.Next(10))
        {
            case 0:
                Faults++;
                throw new CheckpointStoreException(CheckpointStoreProblem.Unavailable, "The simulated store does not answer.");
            case 1:
                Faults++;
                Crashed?.Invoke();
                await new TaskCompletionSource().Task;
                break;
            case 2 or 3 or 4:
                var slow = new TaskCompletionSource();
                waiting.Add(slow);
                await slow.Task;
                break;
        }
    }
}
