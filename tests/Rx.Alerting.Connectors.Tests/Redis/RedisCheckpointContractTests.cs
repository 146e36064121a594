using Rx.Alerting.Connectors.Redis;
using Rx.Alerting.Connectors.Tests.Contracts;
using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Connectors.Tests.Redis;

public sealed class RedisCheckpointContractTests(RedisFixture fixture) : CheckpointEntriesContract, IAsyncDisposable
{
    private readonly RedisCheckpointStore store = new(fixture.Options);

    protected override ICheckpointStore Store => store;

    public ValueTask DisposeAsync() => store.DisposeAsync();
}
