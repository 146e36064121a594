using System.Globalization;
using Rx.Alerting.Core.Effects;
using StackExchange.Redis;

namespace Rx.Alerting.Connectors.Redis;

/// <summary>Reads the board, or what has changed on it. A position is the id of an entry in the stream of changes.</summary>
internal sealed class RedisBoardReader(RedisConnection connection, RedisBoardLayout layout, TimeSpan timeout)
{
    private const int ChangesOfChunk = 2_000;
    private const int ValuesOfChunk = 200;

    /// <summary>The position in an empty stream.</summary>
    private const string Nothing = "0-0";

    public async Task<BoardReading> ReadAsync(string? after, CancellationToken cancel) =>
        after is not null && await ChangesAsync(after, cancel).ConfigureAwait(false) is { } changes
            ? changes
            : await WholeAsync(cancel).ConfigureAwait(false);

    public async Task<IReadOnlyList<BoardEntry>> ReadPartAsync(string part, CancellationToken cancel) =>
        await ReadPartAsync(part, new RedisHashReader(connection, timeout), cancel).ConfigureAwait(false);

    /// <summary>Null if everything must be read.</summary>
    private async Task<BoardReading?> ChangesAsync(string after, CancellationToken cancel)
    {
        if (!IsPosition(after))
            return null;
        var (position, changed) = (after, new Dictionary<(string Part, string Id), string>());
        StreamEntry[] chunk;
        do
        {
            // From the position on, inclusive. If its entry is gone, others behind it may be gone, too.
            chunk = await connection.CallAsync(
                redis => redis.ReadChangesAsync(layout.Changes, position, ChangesOfChunk), cancel).ConfigureAwait(false);
            if (chunk.Length == 0 ? position != Nothing : chunk[0].Id != position)
                return null;
            foreach (var change in chunk.Skip(1))
            {
                // Without an id: another epoch has a part.
                if (change[RedisBoardLayout.Id] is { IsNull: false } id)
                    changed[(change[RedisBoardLayout.Part].ToString(), id.ToString())] = change.Id.ToString();
                else
                    return null;
                position = change.Id.ToString();
            }
        }
        while (chunk.Length == ChangesOfChunk);

        var (entries, gone) = (new List<BoardEntry>(), new List<(string, string)>());
        foreach (var part in changed.Keys.GroupBy(change => change.Part, change => change.Id, StringComparer.Ordinal))
        {
            foreach (var ids in part.Chunk(ValuesOfChunk))
            {
                RedisValue[] fields = [.. ids.Select(id => (RedisValue)id)];
                var values = await connection.CallAsync(
                    redis => redis.ReadFieldsAsync(layout.Of(part.Key), fields), cancel).ConfigureAwait(false);
                entries.AddRange(ids.Zip(values).Where(one => !one.Second.IsNull).Select(one => Entry(part.Key, one.First, one.Second)));
                gone.AddRange(ids.Zip(values).Where(one => one.Second.IsNull).Select(one => (part.Key, one.First)));
            }
        }

        return new(position, IsWhole: false, entries, gone, new Dictionary<string, long>()) { Positions = changed };
    }

    private async Task<BoardReading> WholeAsync(CancellationToken cancel)
    {
        // The position first: what changes meanwhile is read twice.
        var latest = await connection.CallAsync(redis => redis.ReadLatestChangeAsync(layout.Changes), cancel).ConfigureAwait(false);
        var epochs = await connection.CallAsync(redis => redis.ReadHashAsync(layout.Parts), cancel).ConfigureAwait(false);
        var (entries, hashes) = (new List<BoardEntry>(), new RedisHashReader(connection, timeout));
        foreach (var part in epochs.Select(part => part.Name.ToString()))
            entries.AddRange(await ReadPartAsync(part, hashes, cancel).ConfigureAwait(false));

        var parts = epochs.ToDictionary(part => part.Name.ToString(), part => RedisBoardLayout.Epoch(part.Value), StringComparer.Ordinal);
        return new(latest is [var entry] ? entry.Id.ToString() : Nothing, IsWhole: true, entries, [], parts);
    }

    private async Task<List<BoardEntry>> ReadPartAsync(string part, RedisHashReader hashes, CancellationToken cancel)
    {
        var entries = new List<BoardEntry>();
        await foreach (var fields in hashes.ReadAsync(layout.Of(part), cancel).ConfigureAwait(false))
        {
            var incidents = fields.Where(field => field.Name != RedisBoardLayout.Mark);
            entries.AddRange(incidents.Select(field => Entry(part, field.Name.ToString(), field.Value)));
        }

        return entries;
    }

    private BoardEntry Entry(string part, string id, RedisValue value) =>
        RedisBoardLayout.Entry(part, id, (byte[])value!) ?? throw connection.Errors.NoIncidents(part, layout.Of(part));

    private static bool IsPosition(string text) =>
        text.Split('-') is [var time, var number]
        && ulong.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out _)
        && ulong.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out _);
}
