using System.Globalization;
using Rx.Alerting.Core.Checkpoints;
using StackExchange.Redis;

namespace Rx.Alerting.Connectors.Redis;

/// <summary>The hash that says who owns a pipeline and how far it is, and the scripts that change the owner.</summary>
internal static class RedisHead
{
    public const string FormatField = "format";
    public const string EpochField = "epoch";
    public const string OwnerField = "owner";
    public const string IdField = "id";
    public const string AtField = "at";

    /// <summary>The head; owner and format. Leaves a head of another format as it is, and one of the same owner; answers what the head is then.</summary>
    public const string Acquire = """
        local format = redis.call('HGET', KEYS[1], 'format')
        if (not format or format == ARGV[2]) and redis.call('HGET', KEYS[1], 'owner') ~= ARGV[1] then
          redis.call('HINCRBY', KEYS[1], 'epoch', 1)
          redis.call('HSET', KEYS[1], 'owner', ARGV[1], 'format', ARGV[2])
          redis.call('HSETNX', KEYS[1], 'id', '0')
        end
        return redis.call('HGETALL', KEYS[1])
        """;

    /// <summary>The head, then everything else of the pipeline; the format. A pipeline that is not there stays so.</summary>
    public const string Reset = """
        local format = redis.call('HGET', KEYS[1], 'format')
        if format == ARGV[1] then
          redis.call('HINCRBY', KEYS[1], 'epoch', 1)
          redis.call('HSET', KEYS[1], 'owner', '', 'id', '0')
          redis.call('HDEL', KEYS[1], 'at')
          for i = 2, #KEYS do redis.call('UNLINK', KEYS[i]) end
        end
        return redis.call('HGETALL', KEYS[1])
        """;

    /// <summary>The script's answer, names and values in turn.</summary>
    public static HashEntry[] Pairs(RedisResult answer)
    {
        var values = (RedisValue[]?)answer ?? [];
        return [.. values.Chunk(2).Select(pair => new HashEntry(pair[0], pair[1]))];
    }

    /// <summary>Null where there is none. <paramref name="fault"/> says why this build cannot read it.</summary>
    public static CheckpointHead? Parse(HashEntry[] fields, out (CheckpointStoreProblem Problem, string Text)? fault)
    {
        fault = null;
        if (fields.Length == 0)
            return null;
        var texts = fields.ToDictionary(field => field.Name.ToString(), field => field.Value.ToString(), StringComparer.Ordinal);
        var format = texts.GetValueOrDefault(FormatField, "none");
        if (format != RedisLayout.Format)
            fault = (CheckpointStoreProblem.OtherFormat, $"it has format {format}, this build reads format {RedisLayout.Format}: use the release that wrote it, or another Redis:KeyPrefix");
        else if (Number(texts, EpochField) is { } epoch && Number(texts, IdField) is { } id && texts.TryGetValue(OwnerField, out var owner) && Time(texts, out var at))
            return new(epoch, owner, id, at);
        else
            fault = (CheckpointStoreProblem.Damaged, "its head has fields that cannot be read: restore a copy of Redis, or take another Redis:KeyPrefix");
        return null;
    }

    public static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static long? Number(Dictionary<string, string> texts, string name) =>
        texts.TryGetValue(name, out var text) && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static bool Time(Dictionary<string, string> texts, out DateTimeOffset? at)
    {
        at = null;
        if (!texts.TryGetValue(AtField, out var text))
            return true;
        var fits = DateTimeOffset.TryParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time);
        at = time;
        return fits;
    }
}
