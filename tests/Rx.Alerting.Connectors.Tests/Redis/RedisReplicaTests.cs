using Rx.Alerting.Connectors.Redis;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Testing.Servers;
using StackExchange.Redis;

namespace Rx.Alerting.Connectors.Tests.Redis;

/// <summary>
/// A master, and a replica that has lost its master and has the commit before the latest. It serves that commit, which is Redis' default.
/// </summary>
public sealed class RedisReplicaTests : IDisposable
{
    private readonly RedisServer master = RedisFixture.Needed(RedisServer.TryStart());
    private readonly RedisServer replica = RedisFixture.Needed(RedisServer.TryStart());

    [Fact]
    public async Task Read_MasterGoesAwayMeanwhile_TakesNothingFromTheReplica()
    {
        await using var store = await StoreAsync();
        await using var reading = store.ReadAsync(
            RedisCommits.Pipeline, StateSections.Titles, RedisCommits.Cancel).GetAsyncEnumerator(RedisCommits.Cancel);
        Assert.True(await reading.MoveNextAsync());
        master.Kill();

        await FailsAsync(async () => Assert.False(await reading.MoveNextAsync()));
        await FailsAsync(() => store.ReadAsync());
        await FailsAsync(() => store.FindAsync(RedisCommits.Pipeline, RedisCommits.Cancel));
        await FailsAsync(() => store.ListAsync(RedisCommits.Cancel));
        await FailsAsync(() => store.SnapshotAsync(RedisCommits.Pipeline, RedisCommits.Cancel));

        master.Start();
        var entries = await RedisCommits.UntilAnsweredAsync(() => store.ReadAsync());
        Assert.Equal(1000, entries.Count);
        Assert.All(entries, entry => Assert.Equal(2, entry.Value.Span[0]));
    }

    public void Dispose()
    {
        master.Dispose();
        replica.Dispose();
    }

    private async Task<RedisCheckpointStore> StoreAsync()
    {
        await master.AdministerAsync("CONFIG SET repl-diskless-sync-delay 0");
        var store = master.Store("," + replica.Endpoint, seconds: 1);
        await using var alone = master.Store();
        var head = await alone.AcquireAsync(RedisCommits.Pipeline, "a", RedisCommits.Cancel);
        await alone.CommitAsync(RedisCommits.Titles(head, 1, 1000), RedisCommits.Cancel);
        await replica.AdministerAsync($"REPLICAOF 127.0.0.1 {master.Port}");
        using (var direct = await ConnectionMultiplexer.ConnectAsync(replica.Endpoint))
            await RedisCommits.UntilAsync(() => direct.GetDatabase().KeyExistsAsync("{rx-alerting:views}:head"));
        await replica.AdministerAsync("REPLICAOF 127.0.0.1 1");
        await alone.CommitAsync(RedisCommits.Titles(head, 2, 1000), RedisCommits.Cancel);
        Assert.Equal(2, (await store.FindAsync(RedisCommits.Pipeline, RedisCommits.Cancel))!.Id);
        return store;
    }

    private static async Task FailsAsync(Func<Task> call)
    {
        var failure = await Assert.ThrowsAsync<CheckpointStoreException>(call);
        Assert.True(failure.Problem is CheckpointStoreProblem.Unavailable or CheckpointStoreProblem.ReadOnly, failure.ToString());
    }
}
