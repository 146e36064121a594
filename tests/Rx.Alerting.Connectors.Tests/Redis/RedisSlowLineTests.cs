using System.Security.Cryptography;
using Rx.Alerting.Connectors.Redis;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Testing.Servers;

namespace Rx.Alerting.Connectors.Tests.Redis;

/// <summary>Sections that take several times longer to read than a call may take.</summary>
public sealed class RedisSlowLineTests
{
    [Theory]
    [InlineData(StateSections.Panes, 100, 40_000, 2_000_000)]
    [InlineData(StateSections.Properties, 20_000, 100, 1_000_000)]
    [InlineData(StateSections.History, 500, 4_000, 800_000)]
    public async Task Read_SectionLargerThanTheLineGivesInTime_IsReadInChunks(string section, int entries, int bytes, int bytesPerSecond)
    {
        using var server = RedisFixture.Needed(RedisServer.TryStart());
        var written = Enumerable.Range(0, entries).Select(
            i => new StateEntry(new(section, (ulong)i, 1), RandomNumberGenerator.GetBytes(bytes))).ToList();
        await using (var fast = server.Store())
        {
            var head = await fast.AcquireAsync("views", "a", RedisCommits.Cancel);
            await fast.CommitAsync(RedisCommits.Titles(head, 1, 0) with { Changes = new(written, []) }, RedisCommits.Cancel);
        }

        using var proxy = new RedisProxy(server.Port) { BytesPerSecond = bytesPerSecond };
        await using var store = new RedisCheckpointStore(new() { Configuration = proxy.Endpoint, Timeout = TimeSpan.FromSeconds(1) });
        var chunks = new List<IReadOnlyList<StateEntry>>();
        await foreach (var chunk in store.ReadAsync("views", section, RedisCommits.Cancel))
            chunks.Add(chunk);

        Assert.Equal(
            written.ToDictionary(entry => entry.Key, entry => Convert.ToHexString(entry.Value.Span)),
            chunks.SelectMany(chunk => chunk).ToDictionary(entry => entry.Key, entry => Convert.ToHexString(entry.Value.Span)));
        Assert.All(chunks, chunk => Assert.InRange(chunk.Sum(entry => entry.Value.Length), 1, bytesPerSecond));
    }

    [Fact]
    public async Task Commit_LargerThanTheLineCarriesInTime_IsWaitedForByItsSize()
    {
        using var server = RedisFixture.Needed(RedisServer.TryStart());
        using var proxy = new RedisProxy(server.Port) { BytesPerSecond = 2 << 20 };
        await using var store = new RedisCheckpointStore(new() { Configuration = proxy.Endpoint, Timeout = TimeSpan.FromSeconds(1) });
        var head = await store.AcquireAsync("views", "a", RedisCommits.Cancel);

        await store.CommitAsync(Large(head, 1, megabytes: 6), RedisCommits.Cancel);

        Assert.Equal(1, (await store.FindAsync("views", RedisCommits.Cancel))!.Id);
    }

    [Fact]
    public async Task Commit_RepeatedWhileTheLineStands_IsInFlightOnce()
    {
        const int megabytes = 2;
        using var server = RedisFixture.Needed(RedisServer.TryStart());
        using var proxy = new RedisProxy(server.Port);
        await using var store = new RedisCheckpointStore(
            new() { Configuration = proxy.Endpoint, Timeout = TimeSpan.FromMilliseconds(500) });
        var commit = Large(await AcquiredAsync(store), 1, megabytes);
        proxy.BytesPerSecond = 1000;
        for (var attempt = 0; attempt < 4; attempt++)
        {
            using var cancel = CancellationTokenSource.CreateLinkedTokenSource(RedisCommits.Cancel);
            cancel.CancelAfter(TimeSpan.FromMilliseconds(700));
            await Assert.ThrowsAnyAsync<Exception>(() => store.CommitAsync(commit, cancel.Token));
        }

        proxy.BytesPerSecond = 0;
        var before = proxy.Sent;
        while (!await CommitsAsync(store, commit))
        {
            // The first call finds the open connection, and gives it up.
        }

        Assert.InRange(proxy.Sent - before, megabytes << 20, (megabytes << 20) * 3 / 2);
    }

    /// <summary>Acquires the pipeline; on a busy machine, half a second may be too short at first.</summary>
    private static async Task<CheckpointHead> AcquiredAsync(RedisCheckpointStore store)
    {
        while (true)
        {
            try
            {
                return await store.AcquireAsync("views", "a", RedisCommits.Cancel);
            }
            catch (CheckpointStoreException slow) when (slow.Problem == CheckpointStoreProblem.Unavailable)
            {
                // Acquiring is idempotent.
            }
        }
    }

    private static async Task<bool> CommitsAsync(RedisCheckpointStore store, CheckpointCommit commit)
    {
        try
        {
            await store.CommitAsync(commit, RedisCommits.Cancel);
            return true;
        }
        catch (CheckpointStoreException)
        {
            return false;
        }
    }

    private static CheckpointCommit Large(CheckpointHead head, long id, int megabytes)
    {
        var entries = Enumerable.Range(0, megabytes * 1024)
            .Select(i => new StateEntry(new(StateSections.Titles, 1, (ulong)i), RandomNumberGenerator.GetBytes(1024)));
        return RedisCommits.Titles(head, id, 0) with { Changes = new([.. entries], []) };
    }
}
