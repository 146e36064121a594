using StackExchange.Redis;

namespace Rx.Alerting.Connectors.Redis;

/// <summary>All that is asked of Redis is asked of the master: a replica may lag, so what it says may be older than what the master has confirmed.</summary>
/// <remarks>The library's own default takes a replica where the master does not answer just then, in the midst of reading many hashes.</remarks>
internal static class RedisMaster
{
    private const CommandFlags Only = CommandFlags.DemandMaster;

    public static Task<HashEntry[]> ReadHashAsync(this IDatabaseAsync redis, RedisKey key) => redis.HashGetAllAsync(key, Only);

    /// <summary>A part of a hash, and where the next one begins; <c>0</c>: it was the last one.</summary>
    public static async Task<(string Cursor, HashEntry[] Fields)> ScanHashAsync(this IDatabaseAsync redis, RedisKey key, string cursor, int count)
    {
        var answer = (RedisResult[])(await redis.ExecuteAsync("HSCAN", [key, cursor, "COUNT", count], Only).ConfigureAwait(false))!;
        return ((string)answer[0]!, RedisHead.Pairs(answer[1]));
    }

    public static Task<RedisValue[]> ReadSetAsync(this IDatabaseAsync redis, RedisKey key) => redis.SetMembersAsync(key, Only);

    public static Task<bool> HasAsync(this IDatabaseAsync redis, RedisKey key) => redis.KeyExistsAsync(key, Only);

    public static Task<RedisResult> RunAsync(this IDatabaseAsync redis, string script, RedisKey[] keys, params RedisValue[] values) => redis.ScriptEvaluateAsync(script, keys, values, Only);

    public static Task<bool> RunAsync(this ITransaction transaction) => transaction.ExecuteAsync(Only);
}
