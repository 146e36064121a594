using Rx.Alerting.Connectors.Tests.Outages;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Testing.Servers;

namespace Rx.Alerting.Connectors.Tests.Redis;

/// <summary>Entries that vanish: evicted, deleted, expired.</summary>
public sealed class RedisWholenessTests : IDisposable
{
    private const string Titles = "{rx-alerting:views}:titles:07";
    private readonly RedisServer server = RedisFixture.Needed(RedisServer.TryStart());

    [Theory]
    [InlineData("DEL " + Titles, "section “titles” has 9,960 of 10,000 entries")]
    [InlineData("PEXPIRE " + Titles + " 0", "section “titles” has 9,960 of 10,000 entries")]
    [InlineData("HSET {rx-alerting:views}:outbox 0123456789abcdef x", "section “outbox” has 1 of 0 entries")]
    public async Task Read_EntriesGoneOrAdded_IsRefusedWithWhatToDo(string command, string said)
    {
        await using var store = server.Store();
        await CommittedAsync(store, 10_000);
        await server.AdministerAsync(command);
        var section = command.Contains("outbox", StringComparison.Ordinal) ? StateSections.Outbox : StateSections.Titles;

        var failure = await Assert.ThrowsAsync<CheckpointStoreException>(() => store.ReadAsync(section));

        Assert.Equal(CheckpointStoreProblem.Incomplete, failure.Problem);
        Assert.Matches(said.Replace("9,960 ", "9,9[0-9]+ ", StringComparison.Ordinal), failure.Message);
        Assert.Contains("“rx-alerting checkpoint reset views”", failure.Message, StringComparison.Ordinal);
        Assert.Contains("“rx-alerting checkpoint import --force”", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Acquire_HeadIsGoneAndTheRestIsThere_IsRefused()
    {
        await using var store = server.Store();
        await CommittedAsync(store, 1_000);
        await server.AdministerAsync("DEL {rx-alerting:views}:head");

        var failure = await Assert.ThrowsAsync<CheckpointStoreException>(() => store.AcquireAsync("views", "b", RedisCommits.Cancel));

        Assert.Equal(CheckpointStoreProblem.Incomplete, failure.Problem);
        Assert.Contains(
            "its key {rx-alerting:views}:head is gone, though 256 others of it are there", failure.Message, StringComparison.Ordinal);
        Assert.Contains("redis-cli --scan --pattern '{rx-alerting:views}:*'", failure.Message, StringComparison.Ordinal);
        Assert.Null(await store.FindAsync("views", RedisCommits.Cancel));
    }

    [Fact]
    public async Task Commit_EntriesGoneSinceTheOneBefore_DoesNotHideIt()
    {
        await using var store = server.Store();
        var head = await CommittedAsync(store, 10_000);
        await server.AdministerAsync("DEL " + Titles);

        // The commit has the same number of entries. After it, all entries are there again.
        var failure = await Assert.ThrowsAsync<CheckpointStoreException>(
            () => store.CommitAsync(RedisCommits.Titles(head, 2, 5_000), RedisCommits.Cancel));

        Assert.Equal(CheckpointStoreProblem.Incomplete, failure.Problem);
        Assert.Matches("titles 99[0-9]+ of 10000", failure.Message);
        Assert.Contains(
            "entries of it are gone",
            (await Assert.ThrowsAsync<CheckpointStoreException>(() => store.ReadAsync())).Message,
            StringComparison.Ordinal);
        await store.CommitAsync(RedisCommits.Titles(head, 2, 8_000) with { ReplacesAll = true }, RedisCommits.Cancel);
        Assert.Equal(8_000, (await store.ReadAsync()).Count);
        await store.CommitAsync(RedisCommits.Titles(head, 3, 9_000), RedisCommits.Cancel);
        Assert.Equal(9_000, (await store.ReadAsync()).Count);
    }

    [Fact]
    public async Task Read_CommitOfTheReleaseBefore_IsReadAndCountedFromTheNextCommitOn()
    {
        await using var store = server.Store();
        var head = await CommittedAsync(store, 1_000);
        // The release before wrote entries, number and time, but no counts. So the counts in the head are of an older commit.
        await server.AdministerAsync("DEL " + Titles, "HSET {rx-alerting:views}:head id 2");
        var before = (await store.ReadAsync()).Count;
        Assert.InRange(before, 900, 999);

        await store.CommitAsync(RedisCommits.Titles(head, 3, 10), RedisCommits.Cancel);
        await server.AdministerAsync("DEL {rx-alerting:views}:titles:00");

        var failure = await Assert.ThrowsAsync<CheckpointStoreException>(() => store.ReadAsync());
        Assert.Equal(CheckpointStoreProblem.Incomplete, failure.Problem);
    }

    [Fact]
    public async Task Reset_OfWhatIsNotWhole_BeginsAnew()
    {
        await using var store = server.Store();
        var head = await CommittedAsync(store, 1_000);
        await server.AdministerAsync("DEL " + Titles);
        await Assert.ThrowsAsync<CheckpointStoreException>(() => store.CommitAsync(RedisCommits.Titles(head, 2, 1), RedisCommits.Cancel));

        await store.ResetAsync("views", RedisCommits.Cancel);

        Assert.Empty(await store.ReadAsync());
        await store.CommitAsync(
            RedisCommits.Titles(await store.AcquireAsync("views", "b", RedisCommits.Cancel), 1, 5), RedisCommits.Cancel);
        Assert.Equal(5, (await store.ReadAsync()).Count);
    }

    [Theory]
    [InlineData("properties")]
    [InlineData("titles:3c")]
    [InlineData("positions")]
    public async Task Run_EntriesVanishInMidRun_AreWrittenAnew(string key)
    {
        var pipeline = new WatchedPipeline();
        var source = new ListedViews(OutageTraffic.Views) { Limit = 2000 };
        await using var store = server.Store();
        pipeline.Start(store, source);
        await pipeline.UntilAsync(() => source.Read == source.Limit, "the views that there are");
        await pipeline.UntilAsync(CheckpointEventKind.Committed);
        await server.AdministerAsync($"DEL {{rx-alerting:{WatchedPipeline.Name}}}:{key}");
        source.Limit = OutageTraffic.Views.Count;

        await pipeline.EndAsync();

        Assert.Equal(await OutageTraffic.ExpectedAsync(), pipeline.Delivered);
        foreach (var section in StateSections.All)
        {
            await foreach (var chunk in store.ReadAsync(WatchedPipeline.Name, section, RedisCommits.Cancel))
                Assert.NotEmpty(chunk);
        }
    }

    [Fact]
    public async Task Restore_EverythingButTheHeadIsGone_IsRefused()
    {
        await using var store = server.Store();
        await CommittedAsync(store, 1_000);
        await server.AdministerAsync([.. Enumerable.Range(0, 256).Select(number => $"DEL {{rx-alerting:views}}:titles:{number:x2}")]);
        var pipeline = new CheckpointedPipeline(
            "views", new(), new(), store, [], TimeProvider.System, System.Reactive.Observer.Create<CheckpointEvent>(_ => { }));

        var failure = await Assert.ThrowsAsync<CheckpointStoreException>(() => pipeline.RunAsync(new ListedViews([]), RedisCommits.Cancel));

        Assert.Contains("section “titles” has 0 of 1,000 entries", failure.Message, StringComparison.Ordinal);
    }

    public void Dispose() => server.Dispose();

    private static async Task<CheckpointHead> CommittedAsync(ICheckpointStore store, int titles)
    {
        var head = await store.AcquireAsync("views", "a", RedisCommits.Cancel);
        await store.CommitAsync(RedisCommits.Titles(head, 1, titles), RedisCommits.Cancel);
        return head;
    }
}
