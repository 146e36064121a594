using System.Runtime.CompilerServices;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Testing.Checkpoints;

namespace Rx.Alerting.Core.Tests.Cuts;

/// <summary>
/// A store whose commits stop before and after they take effect, and whose sections are read a few entries at a time. So a test decides how
/// reading and commits interleave.
/// </summary>
internal sealed class SteppedStore : ICheckpointStore
{
    private readonly SemaphoreSlim arrivals = new(0);
    private readonly SemaphoreSlim releases = new(0);
    private volatile bool isStepping;

    public InMemoryCheckpointStore Kept { get; } = new();

    /// <summary>The entries after each commit.</summary>
    public Dictionary<long, Dictionary<StateKey, byte[]>> Commits { get; } = [];

    /// <summary>Called before each few entries of a section are read.</summary>
    public Func<Task> Reading { get; set; } = () => Task.CompletedTask;

    /// <summary>From now on commits stop, twice each.</summary>
    public void Step() => isStepping = true;

    /// <summary>Commits stop no more.</summary>
    public void Run()
    {
        isStepping = false;
        releases.Release(1000);
    }

    /// <summary>Waits until a commit has stopped.</summary>
    public Task ArrivalAsync() => arrivals.WaitAsync(TestContext.Current.CancellationToken);

    /// <summary>Lets a commit that has stopped go on.</summary>
    public void Release() => releases.Release();

    public Task<CheckpointHead> AcquireAsync(string pipeline, string owner, CancellationToken cancel) =>
        Kept.AcquireAsync(pipeline, owner, cancel);

    public Task<CheckpointHead?> FindAsync(string pipeline, CancellationToken cancel) => Kept.FindAsync(pipeline, cancel);

    public Task<IReadOnlyList<string>> ListAsync(CancellationToken cancel) => Kept.ListAsync(cancel);

    /// <summary>Like a scan of a hash: an entry has the value of the moment at which it is read, and may be gone.</summary>
    public async IAsyncEnumerable<IReadOnlyList<StateEntry>> ReadAsync(
        string pipeline, string section, [EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var whole in Kept.ReadAsync(pipeline, section, cancel))
        {
            foreach (var few in whole.Select(entry => entry.Key).Chunk(7))
            {
                await Reading();
                var now = Kept.Entries(pipeline);
                yield return [.. few.Where(now.ContainsKey).Select(key => new StateEntry(key, now[key].ToArray()))];
            }
        }
    }

    public async Task CommitAsync(CheckpointCommit commit, CancellationToken cancel)
    {
        await StopAsync(cancel);
        await Kept.CommitAsync(commit, cancel);
        Commits[commit.Id] = Kept.Entries(commit.Pipeline).ToDictionary();
        await StopAsync(cancel);
    }

    public Task ResetAsync(string pipeline, CancellationToken cancel) => Kept.ResetAsync(pipeline, cancel);

    public ValueTask DisposeAsync()
    {
        arrivals.Dispose();
        releases.Dispose();
        return Kept.DisposeAsync();
    }

    private async Task StopAsync(CancellationToken cancel)
    {
        if (!isStepping)
            return;
        arrivals.Release();
        await releases.WaitAsync(cancel);
    }
}
