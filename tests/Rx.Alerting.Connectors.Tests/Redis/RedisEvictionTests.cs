using Microsoft.Extensions.Time.Testing;
using Rx.Alerting.Connectors.Redis;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Testing.Servers;

namespace Rx.Alerting.Connectors.Tests.Redis;

/// <summary>A server that may throw away what it was given.</summary>
public sealed class RedisEvictionTests
{
    private const string Setting = "maxmemory-policy allkeys-lru, maxmemory 104857600";

    [Theory]
    [InlineData("allkeys-lru")]
    [InlineData("allkeys-lfu")]
    [InlineData("allkeys-random")]
    public async Task Acquire_ServerMayEvict_IsRefusedUnlessAllowed(string policy)
    {
        using var server = RedisFixture.Needed(RedisServer.TryStart(maxmemory: "100mb", policy: policy));
        await using var store = server.Store();
        var failure = await Assert.ThrowsAsync<CheckpointStoreException>(() => store.AcquireAsync("views", "a", RedisCommits.Cancel));
        Assert.Equal(CheckpointStoreProblem.Refused, failure.Problem);
        Assert.Contains($"maxmemory-policy {policy}, maxmemory 104857600", failure.Message, StringComparison.Ordinal);
        Assert.Contains("set maxmemory-policy to noeviction", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Redis:OnEviction", failure.Message, StringComparison.Ordinal);
        Assert.Null(await store.FindAsync("views", RedisCommits.Cancel));

        await using var allowed = new RedisCheckpointStore(new() { Configuration = server.Endpoint, OnEviction = RedisOnEviction.Warn });
        var head = await allowed.AcquireAsync("views", "a", RedisCommits.Cancel);
        await allowed.CommitAsync(RedisCommits.Titles(head, 1, 10), RedisCommits.Cancel);
        Assert.Contains("may evict checkpoints", allowed.Doubt, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("noeviction", "100mb")]
    [InlineData("volatile-lru", "100mb")]
    [InlineData("volatile-ttl", "100mb")]
    [InlineData("allkeys-lru", "0")]
    public async Task Acquire_ServerKeepsKeysWithoutTimeToLive_HasNoDoubt(string policy, string maxmemory)
    {
        using var server = RedisFixture.Needed(RedisServer.TryStart(maxmemory: maxmemory, policy: policy));
        await using var store = server.Store();
        Assert.Equal(1, (await store.AcquireAsync("views", "a", RedisCommits.Cancel)).Epoch);
        Assert.Null(store.Doubt);
    }

    [Theory]
    [InlineData("-config|get -info", true)]
    [InlineData("-config", false)]
    public async Task Acquire_ServerDoesNotSayAll_AsksWhatItMayAndSaysWhatItCannot(string forbidden, bool isUnknown)
    {
        using var server = RedisFixture.Needed(RedisServer.TryStart());
        await server.AdministerAsync($"ACL SETUSER alerting on >secret ~* +@all {forbidden}");
        await using var store = server.Store(",user=alerting,password=secret");
        await store.AcquireAsync("views", "a", RedisCommits.Cancel);
        Assert.Equal(isUnknown, store.Doubt?.Contains("let the user run INFO", StringComparison.Ordinal) ?? false);
    }

    [Fact]
    public async Task Commit_PolicyChangedInMidRun_GoesOnAndSaysSoWithinAMinute()
    {
        var clock = new FakeTimeProvider();
        using var server = RedisFixture.Needed(RedisServer.TryStart(maxmemory: "100mb"));
        await using var store = new RedisCheckpointStore(new() { Configuration = server.Endpoint }, clock);
        var head = await store.AcquireAsync("views", "a", RedisCommits.Cancel);
        await server.AdministerAsync("CONFIG SET maxmemory-policy allkeys-lru");
        clock.Advance(TimeSpan.FromSeconds(61));

        await store.CommitAsync(RedisCommits.Titles(head, 1, 10), RedisCommits.Cancel);
        Assert.Contains(Setting, store.Doubt, StringComparison.Ordinal);

        await server.AdministerAsync("CONFIG SET maxmemory-policy noeviction");
        clock.Advance(TimeSpan.FromSeconds(61));
        await store.CommitAsync(RedisCommits.Titles(head, 2, 10), RedisCommits.Cancel);
        Assert.Null(store.Doubt);
    }

    [Fact]
    public async Task Commit_ServerEvicts_IsNoticedByTheNextCommitOrRestore()
    {
        using var server = RedisFixture.Needed(RedisServer.TryStart(maxmemory: "20mb", policy: "allkeys-lru"));
        await using var store = new RedisCheckpointStore(new() { Configuration = server.Endpoint, OnEviction = RedisOnEviction.Warn });
        var head = await store.AcquireAsync("views", "a", RedisCommits.Cancel);
        await store.CommitAsync(RedisCommits.Titles(head, 1, 10_000), RedisCommits.Cancel);
        for (var i = 0; i < 40; i++)
            await server.AdministerAsync($"SET other-{i} {new string('x', 500_000)}");

        // If the head is evicted, too, nothing is known of the pipeline. Otherwise its checkpoint is not whole.
        var problem = await Record.ExceptionAsync(() => store.CommitAsync(RedisCommits.Titles(head, 2, 10), RedisCommits.Cancel));
        Assert.True(
            problem is CheckpointRolledBackException or CheckpointStoreException { Problem: CheckpointStoreProblem.Incomplete },
            problem?.ToString() ?? "committed");
    }
}
