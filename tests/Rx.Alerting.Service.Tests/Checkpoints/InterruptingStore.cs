using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Service.Tests.Checkpoints;

/// <summary>A store in which something happens before a commit.</summary>
internal sealed class InterruptingStore(ICheckpointStore store, Func<CheckpointCommit, Task> before) : ICheckpointStore
{
    public Task<CheckpointHead> AcquireAsync(string pipeline, string owner, CancellationToken cancel) =>
        store.AcquireAsync(pipeline, owner, cancel);

    public Task<CheckpointHead?> FindAsync(string pipeline, CancellationToken cancel) => store.FindAsync(pipeline, cancel);

    public Task<IReadOnlyList<string>> ListAsync(CancellationToken cancel) => store.ListAsync(cancel);

    public IAsyncEnumerable<IReadOnlyList<StateEntry>> ReadAsync(string pipeline, string section, CancellationToken cancel) =>
        store.ReadAsync(pipeline, section, cancel);

    public async Task CommitAsync(CheckpointCommit commit, CancellationToken cancel)
    {
        await before(commit);
        await store.CommitAsync(commit, cancel);
    }

    public Task ResetAsync(string pipeline, CancellationToken cancel) => store.ResetAsync(pipeline, cancel);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
