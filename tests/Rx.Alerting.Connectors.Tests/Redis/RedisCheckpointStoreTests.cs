using Rx.Alerting.Connectors.Redis;
using Rx.Alerting.Core.Checkpoints;
using StackExchange.Redis;

namespace Rx.Alerting.Connectors.Tests.Redis;

public sealed class RedisCheckpointStoreTests(RedisFixture fixture)
{
    [Fact]
    public async Task Commit_Repeated_SucceedsAndChangesNothing()
    {
        await using var store = new RedisCheckpointStore(fixture.Options);
        var head = await store.AcquireAsync("views", "a", RedisCommits.Cancel);
        var commit = RedisCommits.Titles(head, 1, 10_000);
        await store.CommitAsync(commit, RedisCommits.Cancel);
        await store.CommitAsync(commit, RedisCommits.Cancel);
        Assert.Equal(head with { Id = 1, CommittedAt = commit.CommittedAt }, await store.FindAsync("views", RedisCommits.Cancel));
        Assert.Equal(commit.Changes.Written.Select(entry => entry.Key).ToHashSet(), (await store.ReadAsync()).Select(entry => entry.Key).ToHashSet());
    }

    [Fact]
    public async Task Commit_SomebodyElsesSinceOrStoreGoneBack_IsRefused()
    {
        await using var store = new RedisCheckpointStore(fixture.Options);
        var first = await store.AcquireAsync("views", "a", RedisCommits.Cancel);
        var second = await store.AcquireAsync("views", "b", RedisCommits.Cancel);
        await Assert.ThrowsAsync<OwnershipLostException>(() => store.CommitAsync(RedisCommits.Titles(first, 1, 1), RedisCommits.Cancel));
        await Assert.ThrowsAsync<OwnershipLostException>(() => store.CommitAsync(RedisCommits.Titles(second with { Owner = "c" }, 1, 1), RedisCommits.Cancel));
        await Assert.ThrowsAsync<CheckpointRolledBackException>(() => store.CommitAsync(RedisCommits.Titles(second with { Epoch = 3 }, 1, 1), RedisCommits.Cancel));
        await Assert.ThrowsAsync<CheckpointRolledBackException>(() => store.CommitAsync(RedisCommits.Titles(second, 5, 1), RedisCommits.Cancel));
        Assert.Empty(await store.ReadAsync());
    }

    [Fact]
    public async Task Reset_EntriesAndOwner_AreGone()
    {
        await using var store = new RedisCheckpointStore(fixture.Options);
        var head = await store.AcquireAsync("views", "a", RedisCommits.Cancel);
        await store.CommitAsync(RedisCommits.Titles(head, 1, 1_000), RedisCommits.Cancel);
        await store.ResetAsync("views", RedisCommits.Cancel);
        Assert.Equal(new CheckpointHead(2, "", 0, null), await store.FindAsync("views", RedisCommits.Cancel));
        Assert.Empty(await store.ReadAsync());
        await Assert.ThrowsAsync<OwnershipLostException>(() => store.CommitAsync(RedisCommits.Titles(head, 2, 1), RedisCommits.Cancel));
    }

    [Fact]
    public async Task Find_FormatOfALaterRelease_IsRefusedAndLeftAsItIs()
    {
        var options = fixture.Options;
        await using var store = new RedisCheckpointStore(options);
        await store.AcquireAsync("views", "a", RedisCommits.Cancel);
        using var direct = await ConnectionMultiplexer.ConnectAsync(options.Configuration);
        RedisKey key = $"{{{options.KeyPrefix}:views}}:head";
        await direct.GetDatabase().HashSetAsync(key, "format", "2");

        var failure = await Assert.ThrowsAsync<CheckpointStoreException>(() => store.AcquireAsync("views", "b", RedisCommits.Cancel));

        Assert.Equal(CheckpointStoreProblem.Damaged, failure.Problem);
        Assert.Contains("it has format 2, this build reads format 1", failure.Message, StringComparison.Ordinal);
        Assert.Equal("a", (await direct.GetDatabase().HashGetAsync(key, "owner")).ToString());
    }
}
