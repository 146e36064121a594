using System.Globalization;
using Rx.Alerting.Core.Checkpoints;
using StackExchange.Redis;

namespace Rx.Alerting.Connectors.Redis;

/// <summary>The head of a pipeline: the hash that says who owns the pipeline, and which commit is the latest.</summary>
internal static class RedisHead
{
    public const string FormatField = "format";
    public const string EpochField = "epoch";
    public const string OwnerField = "owner";
    public const string IdField = "id";
    public const string AtField = "at";

    /// <summary>Which attempt of a commit is being written. A head without unfinished attempt does not have this field.</summary>
    public const string WritingField = "writing";

    /// <summary>The owner who is writing. Only people read this field.</summary>
    public const string WriterField = "writer";

    /// <summary>The entries that an attempt found missing before it wrote anything.</summary>
    private const string MissingField = "missing";

    /// <summary>
    /// The number of the latest commit, and how many entries it left in each section. If an earlier release wrote the commit, the field is
    /// missing or has an older number.
    /// </summary>
    private const string CountsField = "counts";

    /// <summary>How many hashes a pipeline has that has no head. Null if there is a head, or nothing at all.</summary>
    public static string? Headless(HashEntry[] fields) => Find(fields, "headless");

    /// <summary>Makes fields of a script's answer, which has names and values in turn.</summary>
    public static HashEntry[] Pairs(RedisResult answer)
    {
        var values = (RedisValue[]?)answer ?? [];
        return [.. values.Chunk(2).Select(pair => new HashEntry(pair[0], pair[1]))];
    }

    /// <summary>
    /// Reads a head. Null if there is none, or if this build cannot read it: then <paramref name="fault"/> says why.
    /// </summary>
    public static CheckpointHead? Parse(HashEntry[] fields, out (CheckpointStoreProblem Problem, string Text)? fault)
    {
        fault = null;
        if (fields.Length == 0)
            return null;
        var texts = fields.ToDictionary(field => field.Name.ToString(), field => field.Value.ToString(), StringComparer.Ordinal);
        var format = texts.GetValueOrDefault(FormatField, "none");
        if (format != RedisLayout.Format)
        {
            fault = (
                CheckpointStoreProblem.OtherFormat,
                $"it has format {format}, this build reads format {RedisLayout.Format}: "
                + "use the release that wrote it, or another Redis:KeyPrefix");
            return null;
        }

        if (Number(texts, EpochField) is { } epoch
            && Number(texts, IdField) is { } id
            && texts.TryGetValue(OwnerField, out var owner)
            && Time(texts, out var at))
        {
            return new(epoch, owner, id, at);
        }

        fault = (
            CheckpointStoreProblem.Damaged,
            "its head has fields that cannot be read: restore a copy of Redis, or take another Redis:KeyPrefix");
        return null;
    }

    /// <summary>Why nobody may go on from the entries. Null if the latest commit is whole, as far as the head knows.</summary>
    public static string? Tear(HashEntry[] fields) =>
        Find(fields, WritingField) is null ? null
        : Find(fields, MissingField) is { } missing ? $"entries of it are gone ({missing.TrimEnd(' ', ';')})"
        : "the commit after it was written in part: the server refused MULTI, or a part of the commit";

    /// <summary>
    /// How many entries the latest commit left in a section. Null if the commit is of an earlier release, which did not count.
    /// </summary>
    public static long? CountOf(HashEntry[] fields, string section)
    {
        if (Find(fields, CountsField)?.Split(' ') is not [var id, .. var counts] || id != Find(fields, IdField))
            return null;
        var text = counts.FirstOrDefault(count => count.StartsWith($"{section}=", StringComparison.Ordinal));
        return text is null ? 0 : long.Parse(text.AsSpan(section.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture);
    }

    public static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string? Find(HashEntry[] fields, string name) =>
        Array.Find(fields, field => field.Name == name) is { Value.IsNull: false } found ? found.Value.ToString() : null;

    private static long? Number(Dictionary<string, string> texts, string name) =>
        texts.TryGetValue(name, out var text)
        && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

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
