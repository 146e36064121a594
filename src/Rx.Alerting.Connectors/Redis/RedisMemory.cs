using System.Globalization;
using StackExchange.Redis;

namespace Rx.Alerting.Connectors.Redis;

/// <summary>What the server says about its memory.</summary>
internal sealed class RedisMemory
{
    private const string Policy = "maxmemory_policy";
    private const string Most = "maxmemory";

    // A script, so that the server with the key's slot is asked, and the library needs no admin mode. CONFIG GET is not used, because Redis
    // as a service often refuses it.
    private const string Info = """
        local info = redis.pcall('INFO', 'memory')
        return type(info) == 'string' and info or ''
        """;

    private readonly Dictionary<string, string> values;

    private RedisMemory(string info) => values = info.Split("\r\n")
        .Select(line => line.Split(':', 2)).Where(pair => pair.Length == 2)
        .GroupBy(pair => pair[0], StringComparer.Ordinal).ToDictionary(line => line.Key, line => line.First()[1], StringComparer.Ordinal);

    /// <summary>The settings by which the server may evict keys without a time to live. Null if it does not, as far as it says.</summary>
    public string? Eviction =>
        values.TryGetValue(Policy, out var policy)
        && policy.StartsWith("allkeys", StringComparison.Ordinal)
        && Number(Most) is > 0 and var most
            ? string.Create(CultureInfo.InvariantCulture, $"maxmemory-policy {policy}, maxmemory {most}")
            : null;

    /// <summary>Whether the server says it, and allows the user to know.</summary>
    public bool IsKnown => values.ContainsKey(Policy);

    public static async Task<RedisMemory> AskAsync(IDatabase redis, RedisKey key) =>
        new((string?)await redis.RunAsync(Info, [key]).ConfigureAwait(false) ?? "");

    /// <summary>Whether the server has no room for so many more bytes. False, too, if the user may not know.</summary>
    public bool IsShort(long bytes) => Number(Most) is > 0 and var most && Number("used_memory") + bytes >= most;

    private long? Number(string name) =>
        values.TryGetValue(name, out var text)
        && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
