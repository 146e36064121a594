using System.Globalization;
using StackExchange.Redis;

namespace Rx.Alerting.Connectors.Redis;

/// <summary>Whether a server has room for so much more.</summary>
internal static class RedisMemory
{
    // A script, so that the server is asked that has the key's slot, and without the library's admin mode.
    private const string Info = """
        local info = redis.pcall('INFO', 'memory')
        return type(info) == 'string' and info or ''
        """;

    /// <summary>False, too, where this user may not know.</summary>
    public static async Task<bool> IsShortAsync(IDatabase redis, RedisKey key, long bytes)
    {
        var info = (string?)await redis.RunAsync(Info, [key]).ConfigureAwait(false) ?? "";
        return Number(info, "maxmemory") is > 0 and var most && Number(info, "used_memory") + bytes >= most;
    }

    private static long? Number(string info, string name) =>
        info.Split("\r\n").FirstOrDefault(line => line.StartsWith(name + ":", StringComparison.Ordinal)) is { } line
        && long.TryParse(line.AsSpan(name.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
