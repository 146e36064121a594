using System.Diagnostics;
using System.Runtime.CompilerServices;
using StackExchange.Redis;

namespace Rx.Alerting.Connectors.Redis;

/// <summary>
/// Reads hashes in chunks. A chunk is so small that it comes within a part of the timeout, however slow the line is.
/// </summary>
/// <remarks>
/// <list type="bullet">
/// <item>HSCAN gives every field that exists during the whole scan. It may give a field twice while the server resizes its table: the
/// second is left out.</item>
/// <item>After a reconnect, the cursor may mean nothing to the server that answers now. Then the read fails, and the hash is to be read
/// again from its beginning.</item>
/// <item>If the hash changes meanwhile, the fields are of no commit. The caller notices that, because it compares the head before and
/// after.</item>
/// </list>
/// </remarks>
internal sealed class RedisHashReader(RedisConnection connection, TimeSpan timeout)
{
    private const int LeastBytes = 16 << 10, FirstBytes = 256 << 10, MostBytes = 2 << 20;
    private const int LeastFields = 10, MostFields = 20_000;

    /// <summary>How large the next chunk should be. Grows and shrinks with the speed of the line.</summary>
    private double wantedBytes = FirstBytes;

    /// <summary>The average size of the entries of the latest chunk.</summary>
    private double averageBytes = FirstBytes / LeastFields;

    public async IAsyncEnumerable<HashEntry[]> ReadAsync(RedisKey key, [EnumeratorCancellation] CancellationToken cancel)
    {
        var given = new HashSet<RedisValue>();
        var (cursor, connections) = ("0", connection.Connections);
        do
        {
            var started = Stopwatch.GetTimestamp();
            var count = (int)Math.Clamp(wantedBytes / averageBytes, LeastFields, MostFields);
            (cursor, var fields) = await connection.CallAsync(
                redis => redis.ScanHashAsync(key, cursor, count), cancel).ConfigureAwait(false);
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
        // A tenth of the timeout, so that a line may become ten times slower. At most twice the size of the chunk before, because lines
        // often let a little through at full speed.
        var inTime = bytes * (timeout / 10) / (taken + TimeSpan.FromMilliseconds(1));
        wantedBytes = Math.Clamp(Math.Min(inTime, 2 * bytes), LeastBytes, MostBytes);
    }
}
