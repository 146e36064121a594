using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Rx.Alerting.Connectors.Redis;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Testing.Servers;
using StackExchange.Redis;

namespace Rx.Alerting.Connectors.Tests.Redis;

public sealed class RedisProblemTests
{
    [Theory]
    [InlineData(",password=wrong-one")]
    [InlineData("")]
    public async Task Acquire_WrongOrNoPassword_IsRefusedWithoutSayingIt(string password)
    {
        using var server = RedisFixture.Needed(RedisServer.TryStart(password: "right-one"));
        await using var store = server.Store(password);

        var failure = await Assert.ThrowsAsync<CheckpointStoreException>(() => store.AcquireAsync("views", "a", RedisCommits.Cancel));

        Assert.Equal(CheckpointStoreProblem.Refused, failure.Problem);
        Assert.Contains(server.Endpoint, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong-one", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Acquire_RightPassword_Succeeds()
    {
        using var server = RedisFixture.Needed(RedisServer.TryStart(password: "right-one"));
        await using var store = server.Store(",password=right-one");
        Assert.Equal(1, (await store.AcquireAsync("views", "a", RedisCommits.Cancel)).Epoch);
    }

    [Fact]
    public async Task Find_NothingListens_IsUnavailableInTime()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var port = ((IPEndPoint)silent.LocalEndpoint).Port;
        foreach (var listens in new[] { true, false })
        {
            if (!listens)
                silent.Stop();
            await using var store = new RedisCheckpointStore(
                new() { Configuration = $"127.0.0.1:{port}", Timeout = TimeSpan.FromSeconds(1) });
            var begin = Stopwatch.GetTimestamp();

            var failure = await Assert.ThrowsAsync<CheckpointStoreException>(() => store.FindAsync("views", RedisCommits.Cancel));

            Assert.Equal(CheckpointStoreProblem.Unavailable, failure.Problem);
            Assert.Contains($"127.0.0.1:{port}", failure.Message, StringComparison.Ordinal);
            Assert.InRange(Stopwatch.GetElapsedTime(begin).TotalSeconds, 0, 10);
        }
    }

    [Fact]
    public async Task Call_FailsJustAsItIsCancelled_IsCancelled()
    {
        using var server = RedisFixture.Needed(RedisServer.TryStart());
        await using var connection = new RedisConnection(new() { Configuration = server.Endpoint });
        using var cancel = new CancellationTokenSource();
        await Assert.ThrowsAsync<OperationCanceledException>(() => connection.CallAsync<bool>(
            _ =>
            {
                cancel.Cancel();
                throw new RedisException("torn");
            },
            cancel.Token));
    }

    [Fact]
    public async Task Commit_NoMemoryLeft_IsFullAndWritesNothing()
    {
        using var server = RedisFixture.Needed(RedisServer.TryStart(maxmemory: "8mb"));
        await using var store = server.Store();
        var head = await store.AcquireAsync("views", "a", RedisCommits.Cancel);
        await store.CommitAsync(RedisCommits.Titles(head, 1, 1_000), RedisCommits.Cancel);

        var failure = await Assert.ThrowsAsync<CheckpointStoreException>(
            () => store.CommitAsync(RedisCommits.Titles(head, 2, 100_000), RedisCommits.Cancel));

        Assert.Equal(CheckpointStoreProblem.Full, failure.Problem);
        Assert.Equal(1, (await store.FindAsync("views", RedisCommits.Cancel))!.Id);
        var entries = await store.ReadAsync();
        Assert.Equal(1_000, entries.Count);
        Assert.All(entries, entry => Assert.Equal(1, entry.Value.Span[0]));
    }

    [Fact]
    public async Task Call_UserMayNotDoItAnyMore_IsRefused()
    {
        using var server = RedisFixture.Needed(RedisServer.TryStart());
        await using var store = server.Store();
        await store.AcquireAsync("views", "a", RedisCommits.Cancel);
        await server.AdministerAsync("ACL SETUSER default -hgetall -eval -evalsha");
        Func<Task>[] calls =
        [
            () => store.FindAsync("views", RedisCommits.Cancel),
            () => store.AcquireAsync("views", "b", RedisCommits.Cancel),
        ];
        foreach (var call in calls)
        {
            var failure = await Assert.ThrowsAsync<CheckpointStoreException>(call);
            Assert.Equal(CheckpointStoreProblem.Refused, failure.Problem);
            Assert.Contains("what the server allows that user", failure.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("CONFIG SET min-replicas-to-write 1", "CONFIG SET min-replicas-to-write 0")]
    [InlineData("REPLICAOF 127.0.0.1 1", "REPLICAOF NO ONE")]
    public async Task Commit_ServerTakesNoWrites_IsReadOnlyAndChangesNothing(string broken, string mended)
    {
        using var server = RedisFixture.Needed(RedisServer.TryStart());
        await using var store = server.Store();
        var head = await store.AcquireAsync("views", "a", RedisCommits.Cancel);
        await server.AdministerAsync(broken);

        var failure = await Assert.ThrowsAsync<CheckpointStoreException>(
            () => store.CommitAsync(RedisCommits.Titles(head, 1, 10), RedisCommits.Cancel));

        Assert.Equal(CheckpointStoreProblem.ReadOnly, failure.Problem);
        await server.AdministerAsync(mended);
        await using var again = server.Store();
        Assert.Equal(head, await again.FindAsync("views", RedisCommits.Cancel));
    }
}
