using System.Buffers.Binary;
using System.Globalization;
using Rx.Alerting.Core.Checkpoints;
using StackExchange.Redis;

namespace Rx.Alerting.Connectors.Redis;

/// <summary>Maps heads and entries to keys and fields of Redis.</summary>
/// <remarks>
/// <list type="bullet">
/// <item>All keys of a pipeline have the same text in braces. So a cluster keeps them in one slot, and one transaction can write
/// them.</item>
/// <item>Each section is a hash.</item>
/// <item>There may be millions of titles. So their section is 256 hashes, told by the last byte of a title's key, and no single read is
/// long.</item>
/// </list>
/// </remarks>
internal sealed class RedisLayout(string prefix)
{
    public const string Format = "1";
    public const int TitleHashes = 256;
    public const int FieldBytes = 16;

    /// <summary>The key of the set of the pipelines' names.</summary>
    public RedisKey Pipelines { get; } = prefix + ":pipelines";

    public RedisKey Head(string pipeline) => Key(pipeline, "head");

    /// <summary>A key in the pipeline's slot that holds nothing. The user's rights are tried on it.</summary>
    public RedisKey Probe(string pipeline) => Key(pipeline, "probe");

    /// <summary>Tells which hash holds an entry, without making the text of the hash's key.</summary>
    public static (string Section, int Number) HashOf(StateKey key) =>
        (key.Section, key.Section == StateSections.Titles ? (int)(key.Low % TitleHashes) : 0);

    public RedisKey Of(string pipeline, (string Section, int Number) hash) =>
        hash.Section == StateSections.Titles ? Titles(pipeline, hash.Number) : Key(pipeline, hash.Section);

    public IEnumerable<RedisKey> Section(string pipeline, string section) => section == StateSections.Titles
        ? Enumerable.Range(0, TitleHashes).Select(number => Titles(pipeline, number))
        : [Key(pipeline, section)];

    /// <summary>The keys of the head, and then of the hashes of all sections in their order.</summary>
    public RedisKey[] All(string pipeline) => [Head(pipeline), .. StateSections.All.SelectMany(section => Section(pipeline, section))];

    public static int Hashes(string section) => section == StateSections.Titles ? TitleHashes : 1;

    /// <summary>
    /// The field in which a part of a commit leaves its mark until the commit is sealed. Shorter than the field of any entry.
    /// </summary>
    public static string Mark(int part) => string.Create(CultureInfo.InvariantCulture, $"#{part}");

    public static RedisValue Field(StateKey key)
    {
        var field = new byte[FieldBytes];
        BinaryPrimitives.WriteUInt64BigEndian(field, key.High);
        BinaryPrimitives.WriteUInt64BigEndian(field.AsSpan(8), key.Low);
        return field;
    }

    /// <summary>Null if the field is not an entry.</summary>
    public static StateEntry? Entry(string section, HashEntry entry)
    {
        byte[]? field = entry.Name;
        byte[]? value = entry.Value;
        if (field is not { Length: FieldBytes } || value is not { Length: > 0 })
            return null;
        var (high, low) = (BinaryPrimitives.ReadUInt64BigEndian(field), BinaryPrimitives.ReadUInt64BigEndian(field.AsSpan(8)));
        return new(new(section, high, low), value);
    }

    private RedisKey Titles(string pipeline, int number) =>
        Key(pipeline, string.Create(CultureInfo.InvariantCulture, $"{StateSections.Titles}:{number:x2}"));

    private RedisKey Key(string pipeline, string rest) => $"{{{prefix}:{pipeline}}}:{rest}";
}
