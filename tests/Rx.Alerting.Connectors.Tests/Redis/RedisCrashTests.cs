using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Testing.Servers;

namespace Rx.Alerting.Connectors.Tests.Redis;

public sealed class RedisCrashTests
{
    [Fact]
    public async Task Commit_ServerRestartedInBetween_GoesOn()
    {
        using var server = RedisFixture.Needed(RedisServer.TryStart());
        await using var store = server.Store(seconds: 2);
        var head = await store.AcquireAsync("views", "a", RedisCommits.Cancel);
        for (var id = 1; id <= 3; id++)
        {
            await store.UntilCommittedAsync(RedisCommits.Titles(head, id, 1_000));
            server.Restart();
        }

        var found = await RedisCommits.UntilAnsweredAsync(() => store.FindAsync("views", RedisCommits.Cancel));
        Assert.Equal(head with { Id = 3, CommittedAt = found!.CommittedAt }, found);
        Assert.All(await store.ReadAsync(), entry => Assert.Equal(3, entry.Value.Span[0]));
    }

    [Fact]
    public async Task Commit_ServerKilledDuringIt_IsWholeOrNotThere_AndCanBeRepeated()
    {
        const int entries = 40_000;
        using var server = RedisFixture.Needed(RedisServer.TryStart());
        await using var store = server.Store(seconds: 2);
        var head = await store.AcquireAsync("views", "a", RedisCommits.Cancel);
        await store.CommitAsync(RedisCommits.Titles(head, 1, entries), RedisCommits.Cancel);
        for (var id = 2L; id <= 10; id++)
        {
            var commit = RedisCommits.Titles(head, id, entries);
            var torn = store.CommitAsync(commit, RedisCommits.Cancel);
            // Each round waits longer, so that the crash meets another part of the commit.
            await Task.WhenAny(torn, Task.Delay(TimeSpan.FromMilliseconds(6 * (id - 2)), TimeProvider.System, RedisCommits.Cancel));
            server.Kill();
            var failure = await Record.ExceptionAsync(() => torn);
            Assert.True(failure is null or CheckpointStoreException { Problem: CheckpointStoreProblem.Unavailable }, failure?.ToString());
            server.Start();

            var found = await RedisCommits.UntilAnsweredAsync(() => store.FindAsync("views", RedisCommits.Cancel));
            Assert.InRange(found!.Id, failure is null ? id : id - 1, id);
            await AssertWholeAsync(store, entries, found.Id);
            await store.UntilCommittedAsync(commit);
            await AssertWholeAsync(store, entries, id);
        }
    }

    [Theory]
    [InlineData(10)]
    [InlineData(200_000)]
    public async Task Commit_LogCutInsideTheLatest_HasTheOneBeforeAndSaysSo(long bytes)
    {
        const int entries = 1_000;
        using var server = RedisFixture.Needed(RedisServer.TryStart());
        await using var store = server.Store(seconds: 2);
        var head = await store.AcquireAsync("views", "a", RedisCommits.Cancel);
        for (var id = 1; id <= 2; id++)
            await store.CommitAsync(RedisCommits.Titles(head, id, entries), RedisCommits.Cancel);
        server.Kill();
        server.CutLog(bytes);
        server.Start();

        Assert.Equal(1, (await RedisCommits.UntilAnsweredAsync(() => store.FindAsync("views", RedisCommits.Cancel)))!.Id);
        await AssertWholeAsync(store, entries, 1);
        await Assert.ThrowsAsync<CheckpointRolledBackException>(() => store.UntilCommittedAsync(RedisCommits.Titles(head, 3, entries)));
        await store.CommitAsync(RedisCommits.Titles(head, 2, entries), RedisCommits.Cancel);
    }

    private static async Task AssertWholeAsync(ICheckpointStore store, int count, long id)
    {
        var entries = await store.ReadAsync();
        Assert.Equal(count, entries.Count);
        Assert.DoesNotContain(entries, entry => entry.Value.Span[0] != (byte)id);
    }
}
