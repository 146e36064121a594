using Rx.Alerting.Core.Effects;
using StackExchange.Redis;

namespace Rx.Alerting.Connectors.Redis;

/// <summary>Keeps a board in Redis (5 or later), one server or a cluster. Each step of a write is one script.</summary>
/// <remarks>
/// <para>A part is replaced in many steps, so that it is never empty meanwhile:</para>
/// <list type="number">
/// <item>The part gets the epoch, and the name of the replacement.</item>
/// <item>Incidents are written, whatever state is there. An incident that stays as it is leaves no change.</item>
/// <item>All other incidents are removed.</item>
/// </list>
/// <para>A step does nothing if another replacement has begun since. So of two replacements at the same time, the later one holds.</para>
/// <para>A post is one step if it has at most 500 incidents, which have at most 4 MB together.</para>
/// </remarks>
public sealed class RedisBoard : IBoard
{
    private const int IdsOfChunk = 5_000;

    private readonly RedisConnection connection;
    private readonly RedisBoardLayout layout;
    private readonly RedisBoardReader reader;

    /// <param name="options">The server.</param>
    /// <param name="kind">Which board.</param>
    /// <exception cref="ArgumentException">Options are out of bounds. The message has a line for each.</exception>
    public RedisBoard(RedisOptions options, BoardKind kind)
    {
        connection = new RedisConnection(options);
        layout = new RedisBoardLayout(options.KeyPrefix, kind);
        reader = new RedisBoardReader(connection, layout, options.Timeout);
    }

    public async Task ReplaceAsync(string pipeline, long epoch, IReadOnlyList<BoardEntry> entries, CancellationToken cancel)
    {
        var replacement = Guid.NewGuid().ToString("N");
        await RunAsync(RedisBoardScripts.Begin, pipeline, [pipeline, epoch, replacement], cancel).ConfigureAwait(false);
        if (!await StepsAsync(entries, []).ConfigureAwait(false))
            return;
        var stay = entries.Select(entry => entry.Id).ToHashSet(StringComparer.Ordinal);
        var others = await OthersAsync(pipeline, stay, cancel).ConfigureAwait(false);
        await StepsAsync([], others).ConfigureAwait(false);

        async Task<bool> StepsAsync(IEnumerable<BoardEntry> written, IEnumerable<string> removed)
        {
            foreach (var (arguments, bytes) in RedisBoardChange.Steps(written, removed))
            {
                var answer = await RunAsync(
                    RedisBoardScripts.Replace, pipeline, [pipeline, replacement, .. arguments], cancel, bytes).ConfigureAwait(false);
                if (!(bool)answer)
                    return false;
            }

            return true;
        }
    }

    public async Task<IReadOnlyList<BoardEntry>> TakeAsync(string pipeline, long epoch, CancellationToken cancel)
    {
        await RunAsync(RedisBoardScripts.Begin, pipeline, [pipeline, epoch, Guid.NewGuid().ToString("N")], cancel).ConfigureAwait(false);
        return await reader.ReadPartAsync(pipeline, cancel).ConfigureAwait(false);
    }

    public async Task<long> PostAsync(
        string pipeline, long epoch, IReadOnlyList<BoardEntry> entries, IReadOnlyList<string> gone, CancellationToken cancel)
    {
        var owner = epoch;
        foreach (var (arguments, bytes) in RedisBoardChange.Steps(entries, gone))
        {
            var answer = await RunAsync(
                RedisBoardScripts.Post, pipeline, [pipeline, epoch, .. arguments], cancel, bytes).ConfigureAwait(false);
            owner = RedisBoardLayout.Epoch((RedisValue)answer);
            if (owner != epoch)
                break;
        }

        return owner;
    }

    public Task<BoardReading> ReadAsync(string? after, CancellationToken cancel) => reader.ReadAsync(after, cancel);

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private async Task<List<string>> OthersAsync(string pipeline, HashSet<string> stay, CancellationToken cancel)
    {
        var (cursor, others) = ("0", new List<string>());
        do
        {
            var answer = (string[])(await RunAsync(RedisBoardScripts.Ids, pipeline, [cursor, IdsOfChunk], cancel).ConfigureAwait(false))!;
            cursor = answer[0];
            others.AddRange(answer.Skip(1).Where(id => !stay.Contains(id)));
        }
        while (cursor != "0");
        return others;
    }

    private Task<RedisResult> RunAsync(string script, string pipeline, RedisValue[] arguments, CancellationToken cancel, long bytes = 0) =>
        connection.CallAsync(redis => redis.RunAsync(script, layout.Keys(pipeline), arguments), cancel, bytes);
}
