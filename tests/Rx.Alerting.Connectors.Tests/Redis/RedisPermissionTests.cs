using System.Globalization;
using System.Text;
using Rx.Alerting.Connectors.Redis;
using Rx.Alerting.Connectors.Tests.Outages;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Testing.Servers;

namespace Rx.Alerting.Connectors.Tests.Redis;

/// <summary>A user who may not do everything that commits need, from the start or later.</summary>
public sealed class RedisPermissionTests : IDisposable
{
    private readonly RedisServer server = RedisFixture.Needed(RedisServer.TryStart());

    public static TheoryData<string> Forbidden =>
        [
            "-multi", "-exec", "-watch", "-unwatch", "-multi -hdel", "-hset -hmset", "-hset", "-hmset", "-hdel", "-hlen", "-hscan",
            "-hgetall", "-hmget", "-hexists", "-xadd", "-xrange", "-xrevrange", "-eval -evalsha", "-unlink",
            "-hincrby", "-@transaction", "resetkeys ~other*",
        ];

    [Theory]
    [MemberData(nameof(Forbidden))]
    public async Task Acquire_UserMayNotDoAll_IsRefusedWithTheRuleAndLeavesNothing(string forbidden)
    {
        await server.AdministerAsync($"ACL SETUSER alerting on >secret ~* +@all {forbidden}");
        await using var store = server.Store(",user=alerting,password=secret");

        var failure = await Assert.ThrowsAsync<CheckpointStoreException>(() => store.AcquireAsync("views", "a", RedisCommits.Cancel));

        Assert.Equal(CheckpointStoreProblem.Refused, failure.Problem);
        Assert.Contains(
            "ACL SETUSER alerting ~rx-alerting:* ~{rx-alerting:* +watch +unwatch +multi +exec", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failure.ToString(), StringComparison.Ordinal);
        await using var other = server.Store();
        Assert.Null(await other.FindAsync("views", RedisCommits.Cancel));
    }

    /// <summary>The server of this test lets anybody in as the default user, as many servers do.</summary>
    [Theory]
    [InlineData(",user=nobody,password=secret")]
    [InlineData(",user=alerting,password=wrong-secret")]
    public async Task Acquire_UserOrPasswordUnknownWhereNoneIsNeeded_IsRefused(string who)
    {
        await server.AdministerAsync("ACL SETUSER alerting on >secret ~* +@all");
        await using var store = server.Store(who);

        var failure = await Assert.ThrowsAsync<CheckpointStoreException>(() => store.AcquireAsync("views", "a", RedisCommits.Cancel));

        Assert.Equal(CheckpointStoreProblem.Refused, failure.Problem);
        Assert.Contains("does not let us in: see user and password in Redis:Configuration", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Acquire_PasswordThatIsNotNeeded_IsTaken()
    {
        await using var store = server.Store(",password=secret");

        Assert.Equal(1, (await store.AcquireAsync("views", "a", RedisCommits.Cancel)).Epoch);
    }

    [Fact]
    public async Task Run_UserHasExactlyTheRule_CommitsAndReads()
    {
        await server.AdministerAsync($"ACL SETUSER alerting on >secret {RedisPermissions.Rule("rx-alerting")}");
        await using var store = server.Store(",user=alerting,password=secret");
        var head = await store.AcquireAsync("views", "a", RedisCommits.Cancel);
        await store.CommitAsync(RedisCommits.Titles(head, 1, 2_000), RedisCommits.Cancel);
        var gone = RedisCommits.Titles(head, 1, 1_000).Changes.Written.Select(entry => entry.Key).ToList();
        await store.CommitAsync(RedisCommits.Titles(head, 2, 0) with { Changes = new([], gone) }, RedisCommits.Cancel);

        Assert.Equal(1_000, (await store.ReadAsync()).Count);
        Assert.NotNull(await store.SnapshotAsync("views", RedisCommits.Cancel));
        Assert.Equal(["views"], await store.ListAsync(RedisCommits.Cancel));
        Assert.Null(store.Doubt);
        await store.ResetAsync("views", RedisCommits.Cancel);
    }

    [Theory]
    [InlineData("-multi")]
    [InlineData("-multi -hdel")]
    [InlineData("-exec")]
    [InlineData("-hset -hmset")]
    [InlineData("-multi -eval -evalsha")]
    [InlineData("-hset -hmset -info")]
    public async Task Commit_RightsTakenAway_IsNotDoneAndRepeatedWhenTheyAreBack(string forbidden)
    {
        await using var store = server.Store();
        var head = await store.AcquireAsync("views", "a", RedisCommits.Cancel);
        await store.CommitAsync(RedisCommits.Titles(head, 1, 1_000), RedisCommits.Cancel);
        await server.AdministerAsync($"ACL SETUSER default {forbidden}");
        var written = RedisCommits.Titles(head, 2, 500).Changes.Written;
        var removed = RedisCommits.Titles(head, 1, 1_000).Changes.Written.Skip(500).Select(entry => entry.Key);
        var commit = RedisCommits.Titles(head, 2, 500) with { Changes = new(written, [.. removed]) };
        for (var attempt = 0; attempt < 3; attempt++)
        {
            var failure = await Assert.ThrowsAsync<CheckpointStoreException>(() => store.CommitAsync(commit, RedisCommits.Cancel));
            Assert.Equal(CheckpointStoreProblem.Unavailable, failure.Problem);
            Assert.Contains("ACL SETUSER default ", failure.Message, StringComparison.Ordinal);
        }

        await server.AdministerAsync("ACL SETUSER default +@all");
        await RedisCommits.CommitOrReplaceAsync(store, commit);

        var entries = await store.ReadAsync();
        Assert.Equal(500, entries.Count);
        Assert.All(entries, entry => Assert.Equal(2, entry.Value.Span[0]));
    }

    [Theory]
    [InlineData("-multi")]
    [InlineData("-multi -hdel")]
    [InlineData("-multi -eval -evalsha")]
    public async Task Read_CommitStoodAloneInPart_IsRefused(string forbidden)
    {
        // MULTI is refused, so the commands stand alone. The connection breaks between them.
        using var proxy = new RedisProxy(server.Port);
        await using var store = new RedisCheckpointStore(
            new RedisOptions { Configuration = proxy.Endpoint, Timeout = TimeSpan.FromSeconds(2) });
        var head = await store.AcquireAsync("views", "a", RedisCommits.Cancel);
        await store.CommitAsync(RedisCommits.Titles(head, 1, 20_000), RedisCommits.Cancel);
        await server.AdministerAsync($"ACL SETUSER default {forbidden}");
        proxy.CutAfter(2_000_000);

        var failure = await Assert.ThrowsAsync<CheckpointStoreException>(
            () => store.CommitAsync(RedisCommits.Titles(head, 2, 20_000), RedisCommits.Cancel));

        Assert.Equal(CheckpointStoreProblem.Unavailable, failure.Problem);
        await server.AdministerAsync("ACL SETUSER default +@all");
        await using var other = server.Store();
        var torn = await Assert.ThrowsAsync<CheckpointStoreException>(() => other.ReadAsync());
        Assert.Equal(CheckpointStoreProblem.Incomplete, torn.Problem);
        Assert.Contains("written in part: the server refused MULTI", torn.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<CheckpointStoreException>(() => other.SnapshotAsync("views", RedisCommits.Cancel));

        // A pipeline that has its state in memory can still commit it.
        await RedisCommits.CommitOrReplaceAsync(store, RedisCommits.Titles(head, 2, 20_000));
        Assert.All(await other.ReadAsync(), entry => Assert.Equal(2, entry.Value.Span[0]));
    }

    [Theory]
    [InlineData("-multi")]
    [InlineData("-multi -hdel")]
    public async Task Run_MultiTakenAwayInMidRun_SaysSoAndLosesNothing(string forbidden)
    {
        var pipeline = new WatchedPipeline();
        var source = new ListedViews(OutageTraffic.Views) { Limit = 2000 };
        await using var store = server.Store(seconds: 1);
        pipeline.Start(store, source);
        await pipeline.UntilAsync(() => source.Read == source.Limit, "the views that there are");
        await server.AdministerAsync($"ACL SETUSER default {forbidden}");
        source.Limit = OutageTraffic.Views.Count;
        Assert.Contains(
            "multi", (await pipeline.UntilRetryingAsync(CheckpointStoreProblem.Unavailable)).Message, StringComparison.OrdinalIgnoreCase);

        await server.AdministerAsync("ACL SETUSER default +@all");
        await pipeline.EndAsync();

        Assert.Equal(await OutageTraffic.ExpectedAsync(), pipeline.Delivered);
        var position = Encoding.UTF8.GetBytes(source.Limit.ToString(CultureInfo.InvariantCulture));
        await foreach (var chunk in store.ReadAsync(WatchedPipeline.Name, StateSections.Positions, RedisCommits.Cancel))
            Assert.Contains(chunk, entry => entry.Value.Span.EndsWith(position));
    }

    public void Dispose() => server.Dispose();
}
