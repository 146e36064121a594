using System.Buffers.Binary;
using System.Globalization;
using Rx.Alerting.Core.Checkpoints;
using StackExchange.Redis;

namespace Rx.Alerting.Connectors.Redis;

/// <summary>Which key and field holds what.</summary>
/// <remarks>
/// All keys of a pipeline have the same text in braces, so a cluster keeps them in one slot and one transaction can write them. Each section is a
/// hash; the titles, of which there may be millions, are 256 hashes, told by the last byte of their key, so that none of them is read in one long go.
/// </remarks>
internal sealed class RedisLayout(string prefix)
{
    public const string Format = "1";
    public const int TitleHashes = 256;
    public const int FieldBytes = 16;

    /// <summary>The set of names.</summary>
    public RedisKey Pipelines { get; } = prefix + ":pipelines";

    public RedisKey Head(string pipeline) => Key(pipeline, "head");

    /// <summary>A key in the pipeline's slot that never comes to be.</summary>
    public RedisKey Probe(string pipeline) => Key(pipeline, "probe");

    /// <summary>Tells which hash holds an entry, without making its key, which is a text.</summary>
    public static (string Section, int Number) HashOf(StateKey key) => (key.Section, key.Section == StateSections.Titles ? (int)(key.Low % TitleHashes) : 0);

    public RedisKey Of(string pipeline, (string Section, int Number) hash) => hash.Section == StateSections.Titles ? Titles(pipeline, hash.Number) : Key(pipeline, hash.Section);

    public IEnumerable<RedisKey> Section(string pipeline, string section) => section == StateSections.Titles
        ? Enumerable.Range(0, TitleHashes).Select(number => Titles(pipeline, number))
        : [Key(pipeline, section)];

    /// <summary>The head, then the hashes of all sections in their order.</summary>
    public RedisKey[] All(string pipeline) => [Head(pipeline), .. StateSections.All.SelectMany(section => Section(pipeline, section))];

    public static int Hashes(string section) => section == StateSections.Titles ? TitleHashes : 1;

    /// <summary>Where a part of a commit leaves its mark, until the commit is sealed: never as long as the field of an entry.</summary>
    public static string Mark(int part) => string.Create(CultureInfo.InvariantCulture, $"#{part}");

    public static RedisValue Field(StateKey key)
    {
        var field = new byte[FieldBytes];
        BinaryPrimitives.WriteUInt64BigEndian(field, key.High);
        BinaryPrimitives.WriteUInt64BigEndian(field.AsSpan(8), key.Low);
        return field;
    }

    /// <summary>Null where this is no entry.</summary>
    public static StateEntry? Entry(string section, HashEntry entry)
    {
        byte[]? field = entry.Name;
        byte[]? value = entry.Value;
        if (field is not { Length: FieldBytes } || value is not { Length: > 0 })
            return null;
        return new(new(section, BinaryPrimitives.ReadUInt64BigEndian(field), BinaryPrimitives.ReadUInt64BigEndian(field.AsSpan(8))), value);
    }

    private RedisKey Titles(string pipeline, int number) => Key(pipeline, string.Create(CultureInfo.InvariantCulture, $"{StateSections.Titles}:{number:x2}"));

    private RedisKey Key(string pipeline, string rest) => $"{{{prefix}:{pipeline}}}:{rest}";
}
