using Rx.Alerting.Connectors.Redis;
using Rx.Alerting.Connectors.Tests.Contracts;
using Rx.Alerting.Core.Checkpoints;
using StackExchange.Redis;

namespace Rx.Alerting.Connectors.Tests.Redis;

public sealed class RedisCheckpointContractTests(RedisFixture fixture) : CheckpointEntriesContract, IAsyncDisposable
{
    private readonly RedisOptions options = fixture.Options;
    private RedisCheckpointStore? store;

    protected override ICheckpointStore Store => store ??= new RedisCheckpointStore(options);

    protected override async Task<ICheckpointStore?> ReopenWithFormatAsync(int version)
    {
        using var direct = await ConnectionMultiplexer.ConnectAsync(options.Configuration);
        await direct.GetDatabase().HashSetAsync($"{{{options.KeyPrefix}:{Pipeline}}}:head", "format", version);
        return new RedisCheckpointStore(options);
    }

    public ValueTask DisposeAsync() => store?.DisposeAsync() ?? ValueTask.CompletedTask;
}
