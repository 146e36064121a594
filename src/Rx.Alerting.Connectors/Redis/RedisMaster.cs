using StackExchange.Redis;

namespace Rx.Alerting.Connectors.Redis;

/// <summary>
/// Calls that only the master may answer. A replica may lag, so its answer may be older than a commit that the master has confirmed.
/// </summary>
/// <remarks>The library's default asks a replica when the master does not answer, even in the midst of reading many hashes.</remarks>
internal static class RedisMaster
{
    private const CommandFlags Only = CommandFlags.DemandMaster;

    public static Task<HashEntry[]> ReadHashAsync(this IDatabaseAsync redis, RedisKey key) => redis.HashGetAllAsync(key, Only);

    /// <summary>Reads a part of a hash. Gives the cursor of the next part; <c>0</c> after the last part.</summary>
    public static async Task<(string Cursor, HashEntry[] Fields)> ScanHashAsync(
        this IDatabaseAsync redis, RedisKey key, string cursor, int count)
    {
        var answer = (RedisResult[])(await redis.ExecuteAsync("HSCAN", [key, cursor, "COUNT", count], Only).ConfigureAwait(false))!;
        return ((string)answer[0]!, RedisHead.Pairs(answer[1]));
    }

    public static Task<RedisValue[]> ReadSetAsync(this IDatabaseAsync redis, RedisKey key) => redis.SetMembersAsync(key, Only);

    public static Task<bool> HasAsync(this IDatabaseAsync redis, RedisKey key) => redis.KeyExistsAsync(key, Only);

    public static Task<RedisValue[]> ReadFieldsAsync(this IDatabaseAsync redis, RedisKey hash, RedisValue[] fields) =>
        redis.HashGetAsync(hash, fields, Only);

    /// <summary>Reads a stream from an entry on, inclusive.</summary>
    public static Task<StreamEntry[]> ReadChangesAsync(this IDatabaseAsync redis, RedisKey stream, string from, int count) =>
        redis.StreamRangeAsync(stream, from, "+", count, Order.Ascending, Only);

    /// <summary>Reads the latest entry of a stream. Empty if there is none.</summary>
    public static Task<StreamEntry[]> ReadLatestChangeAsync(this IDatabaseAsync redis, RedisKey stream) =>
        redis.StreamRangeAsync(stream, "-", "+", 1, Order.Descending, Only);

    public static Task<RedisResult> RunAsync(this IDatabaseAsync redis, string script, RedisKey[] keys, params RedisValue[] values) =>
        redis.ScriptEvaluateAsync(script, keys, values, Only);

    public static Task<bool> RunAsync(this ITransaction transaction) => transaction.ExecuteAsync(Only);
}
