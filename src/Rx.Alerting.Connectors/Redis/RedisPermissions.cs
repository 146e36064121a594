using System.Text;
using StackExchange.Redis;

namespace Rx.Alerting.Connectors.Redis;

/// <summary>Tries every command that a commit, a restore and the board need, on a key that holds nothing and is not left behind.</summary>
/// <remarks>
/// Redis 7 could be asked (ACL DRYRUN), but only by an administrator. If only MULTI is refused, the commands stand alone, and the key
/// exists for a moment: it is written, and then deleted.
/// </remarks>
internal static class RedisPermissions
{
    /// <summary>All commands that are used. The server checks the user's rights for commands in scripts, too.</summary>
    private static readonly string[] Commands =
    [
        "watch", "unwatch", "multi", "exec", "discard", "select", "eval", "evalsha", "script|load", "hset", "hmset", "hsetnx", "hincrby",
        "hget", "hmget", "hexists", "hgetall", "hlen", "hdel", "hscan", "xadd", "xrange", "xrevrange", "unlink", "exists", "sadd",
        "smembers", "info", "ping", "echo",
    ];

    private static readonly string[] NotAllowed =
    [
        "NOPERM", "can't run this command", "can't access at least one of the keys", "unknown command", "Unknown Redis command",
    ];

    private const string InScripts = """
        redis.call('HINCRBY', KEYS[1], 'a', 1)
        redis.call('HSETNX', KEYS[1], 'b', '1')
        redis.call('HSET', KEYS[1], 'c', '1')
        redis.call('HGET', KEYS[1], 'a')
        redis.call('HMGET', KEYS[1], 'a')
        redis.call('HEXISTS', KEYS[1], 'a')
        redis.call('HLEN', KEYS[1])
        redis.call('HDEL', KEYS[1], 'a')
        redis.call('HGETALL', KEYS[1])
        redis.call('UNLINK', KEYS[1])
        redis.call('XADD', KEYS[1], 'MAXLEN', '~', 1, '*', 'a', '1')
        redis.call('XRANGE', KEYS[1], '-', '+', 'COUNT', 1)
        redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)
        return redis.call('UNLINK', KEYS[1])
        """;

    /// <summary>The rule for <c>ACL SETUSER</c>, without the user's name and password.</summary>
    public static string Rule(string prefix)
    {
        var pattern = Escaped(prefix);
        return $"~{pattern}:* ~{{{pattern}:* {string.Join(' ', Commands.Select(command => "+" + command))}";
    }

    /// <summary>Finds a command that the server refuses, and the server's answer. Null if the server refuses nothing.</summary>
    public static async Task<(string What, Exception Refusal)?> FindRefusalAsync(IDatabase redis, RedisKey probe)
    {
        // Each command by itself, because the library does not say which command of a transaction was refused. The script comes last,
        // because it deletes the key.
        (string Command, Func<Task> Call)[] alone =
        [
            ("WATCH", () => redis.ExecuteAsync("WATCH", [probe], CommandFlags.DemandMaster)),
            ("UNWATCH", () => redis.ExecuteAsync("UNWATCH", [], CommandFlags.DemandMaster)),
            ("HSCAN", () => redis.ExecuteAsync("HSCAN", [probe, 0, "COUNT", 1], CommandFlags.DemandMaster)),
            ("HGETALL", () => redis.ReadHashAsync(probe)),
            ("HMSET", () => redis.HashSetAsync(probe, [new("a", 1), new("b", 1)])),
            ("EVAL", () => redis.RunAsync(InScripts, [probe])),
        ];
        var calls = alone.Select(one => (one.Command, Done: one.Call())).ToList();
        (string, Exception)? refused = null;
        foreach (var (command, done) in calls)
        {
            if (await RefusalAsync(done).ConfigureAwait(false) is { } refusal)
                refused ??= ($"{command}: {refusal.Message}", refusal);
        }

        if (refused is not null)
            return refused;
        var transaction = redis.CreateTransaction();
        transaction.AddCondition(Condition.HashNotExists(probe, "a"));
        var inner = transaction.RunAsync(InScripts, [probe]);
        if (await RefusalAsync(transaction.RunAsync()).ConfigureAwait(false) is { } whole)
            refused = ($"MULTI, EXEC or SELECT: {whole.Message}", whole);
        await ((Task)inner).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return refused;
    }

    /// <summary>
    /// Whether the server says that the user may not run a command, or not on this key, in a script or outside; or that it does not know
    /// the command.
    /// </summary>
    public static bool IsNotAllowed(Exception e) =>
        e is RedisServerException && NotAllowed.Any(words => e.Message.Contains(words, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether commands were not run as a transaction: the server refused one of them, or MULTI.</summary>
    public static bool IsDropped(Exception e) =>
        e is RedisServerException
        && (e.Message.StartsWith("EXECABORT", StringComparison.Ordinal)
            || e.Message.Contains("without MULTI", StringComparison.OrdinalIgnoreCase));

    private static async Task<Exception?> RefusalAsync(Task call)
    {
        try
        {
            await call.ConfigureAwait(false);
            return null;
        }
        catch (RedisServerException e) when (IsNotAllowed(e) || IsDropped(e))
        {
            return e;
        }
    }

    /// <summary>Escapes the characters that mean something in a pattern.</summary>
    private static string Escaped(string prefix) => prefix
        .Aggregate(new StringBuilder(), (text, c) => (c is '*' or '?' or '[' or ']' or '\\' ? text.Append('\\') : text).Append(c))
        .ToString();
}
