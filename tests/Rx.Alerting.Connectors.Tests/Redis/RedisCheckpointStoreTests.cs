using Rx.Alerting.Connectors.Redis;
using Rx.Alerting.Core.Checkpoints;

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
        Assert.Equal(
            commit.Changes.Written.Select(entry => entry.Key).ToHashSet(),
            (await store.ReadAsync()).Select(entry => entry.Key).ToHashSet());
    }

    [Fact]
    public async Task Commit_SomebodyElsesSinceOrStoreGoneBack_IsRefused()
    {
        await using var store = new RedisCheckpointStore(fixture.Options);
        var first = await store.AcquireAsync("views", "a", RedisCommits.Cancel);
        var second = await store.AcquireAsync("views", "b", RedisCommits.Cancel);
        await Assert.ThrowsAsync<OwnershipLostException>(() => store.CommitAsync(RedisCommits.Titles(first, 1, 1), RedisCommits.Cancel));
        await Assert.ThrowsAsync<OwnershipLostException>(
            () => store.CommitAsync(RedisCommits.Titles(second with { Owner = "c" }, 1, 1), RedisCommits.Cancel));
        await Assert.ThrowsAsync<CheckpointRolledBackException>(
            () => store.CommitAsync(RedisCommits.Titles(second with { Epoch = 3 }, 1, 1), RedisCommits.Cancel));
        await Assert.ThrowsAsync<CheckpointRolledBackException>(
            () => store.CommitAsync(RedisCommits.Titles(second, 5, 1), RedisCommits.Cancel));
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
}
