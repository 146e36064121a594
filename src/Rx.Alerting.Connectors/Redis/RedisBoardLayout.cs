using System.Buffers.Text;
using Rx.Alerting.Core.Effects;
using StackExchange.Redis;

namespace Rx.Alerting.Connectors.Redis;

/// <summary>Maps the board to keys, fields and values of Redis.</summary>
/// <remarks>
/// <list type="bullet">
/// <item>All keys have the same text in braces, so that one script can write them in a cluster.</item>
/// <item>A part is a hash: id → event time in milliseconds, a blank, the bytes. <see cref="Mark"/> is a field without an id. It is there
/// as long as the hash is, so a hash that was evicted is noticed.</item>
/// <item>The changes are a stream. An entry names a part and an id. An entry without an id says that another epoch has a part. What a
/// change has done is in the part.</item>
/// </list>
/// </remarks>
internal sealed class RedisBoardLayout(string prefix, BoardKind kind)
{
    /// <summary>The field of a part that names its latest replacement. It is no incident.</summary>
    public const string Mark = "";

    /// <summary>In an entry of the stream: names the part.</summary>
    public const string Part = "p";

    /// <summary>In an entry of the stream: the id.</summary>
    public const string Id = "i";

    /// <summary>The key of the hash: part → epoch.</summary>
    public RedisKey Parts { get; } = $"{prefix}:{{{kind.Name}}}:parts";

    /// <summary>The key of the stream of changes.</summary>
    public RedisKey Changes { get; } = $"{prefix}:{{{kind.Name}}}:changes";

    public RedisKey Of(string pipeline) => $"{prefix}:{{{kind.Name}}}:part:{pipeline}";

    /// <summary>The epoch that has a part; 0 if somebody else has written something else: then its owner writes the part again.</summary>
    public static long Epoch(RedisValue value) => value.TryParse(out long epoch) ? epoch : 0;

    /// <summary>The keys that scripts take.</summary>
    public RedisKey[] Keys(string pipeline) => [Parts, Of(pipeline), Changes];

    public static byte[] Value(BoardEntry entry)
    {
        Span<byte> time = stackalloc byte[24];
        Utf8Formatter.TryFormat(entry.UpdatedAt.ToUnixTimeMilliseconds(), time, out var digits);
        time[digits++] = (byte)' ';
        var value = new byte[digits + entry.Value.Length];
        time[..digits].CopyTo(value);
        entry.Value.Span.CopyTo(value.AsSpan(digits));
        return value;
    }

    /// <summary>Null if the value is not one of ours.</summary>
    public static BoardEntry? Entry(string pipeline, string id, byte[] value)
    {
        const long earliest = -62_135_596_800_000, latest = 253_402_300_799_999; // What DateTimeOffset can tell.
        return Utf8Parser.TryParse(value, out long time, out var digits)
            && time is >= earliest and <= latest
            && digits < value.Length
            && value[digits] == ' '
                ? new(pipeline, id, DateTimeOffset.FromUnixTimeMilliseconds(time), value.AsMemory(digits + 1))
                : null;
    }
}
