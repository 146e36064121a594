using Rx.Alerting.Connectors.Redis;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Testing.Servers;
using StackExchange.Redis;

namespace Rx.Alerting.Connectors.Tests.Redis;

/// <summary>What tests commit, and read back.</summary>
internal static class RedisCommits
{
    public const string Pipeline = "views";

    private static readonly DateTimeOffset At = new(2024, 5, 1, 12, 0, 0, TimeSpan.Zero);

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static RedisCheckpointStore Store(this RedisServer server, string more = "", double seconds = 5) =>
        new(new RedisOptions { Configuration = server.Endpoint + more, Timeout = TimeSpan.FromSeconds(seconds) });

    public static Task AdministerAsync(this RedisServer server, params string[] commands) => server.AdministerWithAsync("", commands);

    public static async Task AdministerWithAsync(this RedisServer server, string password, params string[] commands)
    {
        using var admin = await ConnectionMultiplexer.ConnectAsync($"{server.Endpoint},allowAdmin=true,password={password}");
        foreach (var command in commands)
        {
            var words = command.Split(' ');
            await admin.GetDatabase().ExecuteAsync(words[0], [.. words[1..].Select(word => word == "\"\"" ? "" : word)]);
        }
    }

    /// <summary>All titles anew, each entry with the commit's number in every byte.</summary>
    public static CheckpointCommit Titles(CheckpointHead head, long id, int entries, int bytes = 250)
    {
        var value = new byte[bytes];
        Array.Fill(value, (byte)id);
        var written = Enumerable.Range(0, entries).Select(
            i => new StateEntry(new(StateSections.Titles, 7, (ulong)i * 0x9E3779B97F4A7C15), value));
        return new(Pipeline, head.Epoch, head.Owner, id, At.AddSeconds(id), new([.. written], []));
    }

    public static async Task<List<StateEntry>> ReadAsync(this ICheckpointStore store, string section = StateSections.Titles)
    {
        var entries = new List<StateEntry>();
        await foreach (var chunk in store.ReadAsync(Pipeline, section, Cancel))
            entries.AddRange(chunk);
        return entries;
    }

    /// <summary>Asks until a condition holds, at most for half a minute.</summary>
    public static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        enough.CancelAfter(TimeSpan.FromSeconds(30));
        while (!await condition())
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, enough.Token);
    }

    /// <summary>Repeats a call that the server did not answer, as a pipeline does, at most for half a minute.</summary>
    public static async Task<T> UntilAnsweredAsync<T>(Func<Task<T>> call)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        enough.CancelAfter(TimeSpan.FromSeconds(30));
        while (true)
        {
            try
            {
                return await call();
            }
            catch (CheckpointStoreException e) when (
                e.Problem is CheckpointStoreProblem.Unavailable or CheckpointStoreProblem.ReadOnly && !enough.IsCancellationRequested)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, enough.Token);
            }
        }
    }

    /// <summary>Commits. If earlier entries are gone, commits everything, as a pipeline does.</summary>
    public static async Task CommitOrReplaceAsync(ICheckpointStore store, CheckpointCommit commit)
    {
        try
        {
            await store.UntilCommittedAsync(commit);
        }
        catch (CheckpointStoreException e) when (e.Problem == CheckpointStoreProblem.Incomplete)
        {
            await store.CommitAsync(commit with { ReplacesAll = true }, Cancel);
        }
    }

    public static Task UntilCommittedAsync(this ICheckpointStore store, CheckpointCommit commit) => UntilAnsweredAsync(async () =>
    {
        await store.CommitAsync(commit, Cancel);
        return true;
    });
}
