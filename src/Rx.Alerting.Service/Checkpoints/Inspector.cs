using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Pipeline;

namespace Rx.Alerting.Service.Checkpoints;

/// <summary>Reads a checkpoint's entries by the names of their fields. Needs little memory, however many titles there are.</summary>
internal sealed class Inspector(int biggestTitles)
{
    private const string RejectedPrefix = "rejected";

    /// <summary>The kind of an entry of an open incident. Others are of incidents that have ended, and of the platform.</summary>
    private const ulong OpenIncident = 0;

    private readonly Dictionary<string, string> positions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonObject> times = new(StringComparer.Ordinal);
    private readonly Dictionary<ulong, string> properties = [];
    private readonly SortedDictionary<ulong, InspectedChange> outbox = [];
    private readonly PriorityQueue<StateEntry, int> titles = new();
    private JsonObject merge = [];
    private JsonObject counters = [];
    private long openIncidents;
    private long late;
    private long dropped;
    private readonly List<InspectedCursor> cursors = [];
    private IReadOnlyList<StoredVersion> versions = [];
    private StoredSchema? schema;
    private string? fault;

    public static async Task<Inspection> InspectAsync(StoredPipeline pipeline, int biggestTitles, CancellationToken cancel)
    {
        var inspector = new Inspector(biggestTitles);
        var sizes = await pipeline.MeasureAsync(inspector.Take, cancel);
        inspector.fault = sizes.Fault ?? inspector.fault;
        return inspector.Result(pipeline, sizes.Sections) with { ChangedMeanwhile = !await pipeline.IsUnchangedAsync(cancel) };
    }

    private void Take(StateEntry entry)
    {
        if (fault is null)
            Try(() => Read(entry));
    }

    private void Try(Action read)
    {
        try
        {
            read();
        }
        catch (CheckpointFormatException unreadable)
        {
            fault = unreadable.Message;
        }
        catch (JsonException damaged)
        {
            fault = $"The checkpoint is damaged: an undelivered change of an incident cannot be read ({damaged.Message}).";
        }
    }

    private void Read(StateEntry entry)
    {
        if (entry.Key.Section != StateSections.Header && schema is null)
            throw CheckpointFormatException.WithoutHeader();
        switch (entry.Key.Section)
        {
            case StateSections.Header:
                versions = DetectionPipeline.Schema.ReadVersions(entry);
                schema = DetectionPipeline.Schema.Read(entry);
                break;
            case StateSections.Titles:
                titles.Enqueue(entry, entry.Value.Length);
                if (titles.Count > biggestTitles)
                    titles.Dequeue();
                break;
            case StateSections.Incidents when entry.Key.High == OpenIncident:
                openIncidents++;
                break;
            case StateSections.Positions or StateSections.Watermarks or StateSections.Properties:
            case StateSections.Counters or StateSections.Outbox:
                Read(entry.Key, schema!.Show(entry));
                break;
        }
    }

    private void Read(StateKey key, JsonObject fields)
    {
        if (key.Section == StateSections.Positions)
            positions[Text(fields, "partition")] = Text(fields, "position");
        else if (key.Section == StateSections.Counters)
            counters = fields;
        else if (fields.ContainsKey("newestEventTime") && !fields.ContainsKey("partition"))
            merge = fields;
        else if (fields.ContainsKey("partition"))
            times[Text(fields, "partition")] = fields;
        else if (key.Section == StateSections.Watermarks)
            late += Number(fields, "views");
        else if (fields.ContainsKey("droppedViews"))
            dropped = Number(fields, "droppedViews");
        else if (key.Section == StateSections.Properties)
            properties[key.Low] = Text(fields, "name");
        else if (fields.ContainsKey("acknowledged"))
            cursors.Add(Cursor(fields));
        else if (fields.ContainsKey("transition"))
            outbox[key.Low] = new(key.Low, Transition(fields), Text(fields, "id"));
        else if (fields.ContainsKey("change") && JsonNode.Parse(Text(fields, "change")) is { } change)
            outbox[key.Low] = Change(key.Low, change);
    }

    /// <summary>Of an earlier release, which kept JSON.</summary>
    private static InspectedChange Change(ulong sequence, JsonNode change) =>
        new(sequence, (string?)change["transition"] ?? string.Empty, (string?)change["incident"]?["id"] ?? string.Empty);

    private static string Transition(JsonObject fields) =>
        JsonNamingPolicy.SnakeCaseLower.ConvertName($"{(IncidentTransition)fields["transition"]!.GetValue<byte>()}");

    private static InspectedCursor Cursor(JsonObject fields) => new(
        Text(fields, "channel"),
        Number(fields, "acknowledged"),
        fields["attempts"]!.GetValue<int>(),
        Time(fields, "nextAttempt"),
        Number(fields, "dropped"));

    private Inspection Result(StoredPipeline pipeline, IReadOnlyList<SectionSize> sizes)
    {
        var biggest = new List<InspectedTitle>();
        if (fault is null)
            Try(() => biggest.AddRange(BiggestTitles()));
        return Result(pipeline, sizes, biggest);
    }

    private IEnumerable<InspectedTitle> BiggestTitles() => titles.UnorderedItems.Select(item => Title(item.Element))
        .OrderByDescending(title => title.Bytes)
        .ThenBy(title => title.VideoId, StringComparer.Ordinal);

    private Inspection Result(StoredPipeline pipeline, IReadOnlyList<SectionSize> sizes, IReadOnlyList<InspectedTitle> biggest) => new()
    {
        Pipeline = pipeline.Name,
        Epoch = pipeline.Head.Epoch,
        Owner = pipeline.Head.Owner,
        Commit = pipeline.Head.Id,
        CommittedAt = pipeline.Head.CommittedAt,
        SchemaOfThisBuild = DetectionPipeline.Schema.Hash.ToString("x16", CultureInfo.InvariantCulture),
        Versions = versions,
        Upgrades = schema?.Differences ?? string.Empty,
        Fault = fault,
        Sections = sizes,
        Watermark = Time(merge, "watermark"),
        NewestEventTime = Time(merge, "newestEventTime"),
        Views = Number(counters, "views"),
        Errors = Number(counters, "errors"),
        Late = late,
        Dropped = dropped,
        Rejected = counters.Where(IsRejection).ToDictionary(field => Reason(field.Key), field => field.Value!.GetValue<long>()),
        OpenIncidents = openIncidents,
        Properties = properties.Count,
        Titles = sizes.FirstOrDefault(size => size.Section == StateSections.Titles).Entries,
        Partitions = [.. positions.Keys.Union(times.Keys).Order(StringComparer.Ordinal).Select(Partition)],
        Outbox = [.. outbox.Values],
        Channels = [.. cursors.OrderBy(cursor => cursor.Channel, StringComparer.Ordinal)],
        BiggestTitles = biggest,
    };

    private InspectedPartition Partition(string name)
    {
        var time = times.GetValueOrDefault(name);
        var watermark = time is null ? null : Time(time, "watermark");
        return new(name, positions.GetValueOrDefault(name), watermark, time?["isIdle"]?.GetValue<bool>() ?? false);
    }

    private InspectedTitle Title(StateEntry entry)
    {
        var fields = schema!.Show(entry);
        return new(properties.GetValueOrDefault(entry.Key.High, "?"), Text(fields, "name"), Number(fields, "position"), entry.Value.Length);
    }

    private static bool IsRejection(KeyValuePair<string, JsonNode?> counter) =>
        counter.Key.StartsWith(RejectedPrefix, StringComparison.Ordinal) && counter.Value!.GetValue<long>() > 0;

    /// <summary><c>rejectedMissingProperty</c> becomes <c>missing_property</c>, as in the log.</summary>
    private static string Reason(string counter) => JsonNamingPolicy.SnakeCaseLower.ConvertName(counter[RejectedPrefix.Length..]);

    private static string Text(JsonObject fields, string name) => (string?)fields[name] ?? string.Empty;

    private static long Number(JsonObject fields, string name) => fields[name]?.GetValue<long>() ?? 0;

    private static DateTimeOffset? Time(JsonObject fields, string name)
    {
        var time = Number(fields, name);
        var isKnown = time > 0 && time <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();
        return isKnown ? DateTimeOffset.FromUnixTimeMilliseconds(time) : null;
    }
}
