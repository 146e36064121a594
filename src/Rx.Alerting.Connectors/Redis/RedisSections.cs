using System.Diagnostics;
using System.Runtime.CompilerServices;
using StackExchange.Redis;

namespace Rx.Alerting.Connectors.Redis;

/// <summary>Reads hashes in chunks, each of which the server answers within a part of the time that calls may take, however slow the line is.</summary>
/// <remarks>
/// HSCAN gives every field that is there from the begin to the end of the scan, some of them twice where the server just makes its table larger or smaller: keys that were
/// given already are left out. Where the connection is a new one, the cursor may mean nothing to who answers now: then the hash is to be read again from its begin. What it gives of a hash that is changed meanwhile is of no commit; the reader compares the head before and after.
/// </remarks>
internal sealed class RedisSections(RedisConnection connection, TimeSpan timeout)
{
    private const int LeastBytes = 16 << 10, FirstBytes = 256 << 10, MostBytes = 2 << 20;
    private const int LeastFields = 10, MostFields = 20_000;

    /// <summary>What the next chunk should have; grows and shrinks with the speed of the line.</summary>
    private double wantedBytes = FirstBytes;

    /// <summary>Of the entries so far.</summary>
    private double averageBytes = FirstBytes / LeastFields;

    public async IAsyncEnumerable<HashEntry[]> ReadAsync(RedisKey key, [EnumeratorCancellation] CancellationToken cancel)
    {
        var given = new HashSet<RedisValue>();
        var (cursor, connections) = ("0", connection.Connections);
        do
        {
            var started = Stopwatch.GetTimestamp();
            var count = (int)Math.Clamp(wantedBytes / averageBytes, LeastFields, MostFields);
            (cursor, var fields) = await connection.CallAsync(redis => redis.ScanHashAsync(key, cursor, count), cancel).ConfigureAwait(false);
            if (connection.Connections != connections)
                throw connection.Errors.Translate(new TimeoutException());
            if (fields.Length == 0)
                continue;
            Learn(fields, Stopwatch.GetElapsedTime(started));
            if (cursor != "0" || given.Count > 0)
                fields = Array.FindAll(fields, field => given.Add(field.Name));
            if (fields.Length > 0)
                yield return fields;
        }
        while (cursor != "0");
    }

    private void Learn(HashEntry[] fields, TimeSpan taken)
    {
        var bytes = fields.Sum(field => (double)field.Name.Length() + field.Value.Length());
        averageBytes = Math.Max(1, bytes / fields.Length);
        // A tenth of the time, so that a line that becomes ten times slower is borne as well. No more than twice as much at once: lines often let a little through at full speed.
        var inTime = bytes * (timeout / 10) / (taken + TimeSpan.FromMilliseconds(1));
        wantedBytes = Math.Clamp(Math.Min(inTime, 2 * bytes), LeastBytes, MostBytes);
    }
}
