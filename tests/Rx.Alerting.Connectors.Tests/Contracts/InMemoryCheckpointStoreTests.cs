using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Testing.Checkpoints;

namespace Rx.Alerting.Connectors.Tests.Contracts;

public sealed class InMemoryCheckpointStoreTests : CheckpointEntriesContract
{
    private readonly InMemoryCheckpointStore store = new();

    protected override ICheckpointStore Store => store;

    protected override Task<ICheckpointStore?> ReopenWithFormatAsync(int version) => Task.FromResult<ICheckpointStore?>(null);

    [Fact]
    public async Task RollBack_Commits_RefusesTheNextOne()
    {
        await store.AcquireAsync(Pipeline, "a", Cancel);
        for (var id = 1; id <= 3; id++)
            await store.CommitAsync(States.Commit(1, "a", id, States.Entry((ulong)id)), Cancel);
        store.RollBack(Pipeline, 2);
        Assert.Equal([(1UL, 1)], await States.Read(store, Pipeline));
        await Assert.ThrowsAsync<CheckpointRolledBackException>(() => store.CommitAsync(States.Commit(1, "a", 4), Cancel));
        await store.CommitAsync(States.Commit(1, "a", 2), Cancel);
    }
}
