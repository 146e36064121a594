using System.Globalization;
using StackExchange.Redis;

namespace Rx.Alerting.Connectors.Redis;

/// <summary>What a server says of its memory.</summary>
internal sealed class RedisMemory
{
    private const string Policy = "maxmemory_policy";
    private const string Most = "maxmemory";

    // A script, so that the server is asked that has the key's slot, and without the library's admin mode. CONFIG GET is often refused where Redis is a service.
    private const string Info = """
        local info = redis.pcall('INFO', 'memory')
        return type(info) == 'string' and info or ''
        """;

    private readonly Dictionary<string, string> values;

    private RedisMemory(string info) => values = info.Split("\r\n")
        .Select(line => line.Split(':', 2)).Where(pair => pair.Length == 2)
        .GroupBy(pair => pair[0], StringComparer.Ordinal).ToDictionary(line => line.Key, line => line.First()[1], StringComparer.Ordinal);

    /// <summary>How it evicts keys that have no time to live, as it would be set; null: it does not, as far as it says.</summary>
    public string? Eviction => values.TryGetValue(Policy, out var policy) && policy.StartsWith("allkeys", StringComparison.Ordinal) && Number(Most) is > 0 and var most
        ? string.Create(CultureInfo.InvariantCulture, $"maxmemory-policy {policy}, maxmemory {most}")
        : null;

    /// <summary>Whether the user may know, and the server says it.</summary>
    public bool IsKnown => values.ContainsKey(Policy);

    public static async Task<RedisMemory> AskAsync(IDatabase redis, RedisKey key) =>
        new((string?)await redis.RunAsync(Info, [key]).ConfigureAwait(false) ?? "");

    /// <summary>Whether it has no room for so much more. False, too, where this user may not know.</summary>
    public bool IsShort(long bytes) => Number(Most) is > 0 and var most && Number("used_memory") + bytes >= most;

    private long? Number(string name) =>
        values.TryGetValue(name, out var text) && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
