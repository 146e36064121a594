using System.Text.Json.Nodes;
using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Core.EventTime;

/// <summary>Version 3 of watermarks: only a failed view had circumstances, and fewer of them. Must never change.</summary>
internal static class WatermarkVersion3
{
    private static readonly (string Field, string Dimension)[] Dimensions =
    [
        ("Cdn", "cdn"),
        ("Country", "country"),
        ("Asn", "asn"),
        ("Browser", "browser"),
        ("OperatingSystem", "operating_system"),
        ("PlayerName", "player_name"),
        ("PlayerVersion", "player_version"),
        ("StreamType", "stream_type"),
    ];

    public static StateLayout Layout { get; } = new(3,
        "watermarks/0: newestEventTime i64, watermark i64, isIdle bool, hadPartitions bool",
        "watermarks/1: partition text, watermark i64, isIdle bool, hasViews bool, newestEventTime i64, "
        + "suspended [start i32, eventTime i64, arrivalTime i64, property bytes, title bytes, "
        + "failed bool, failure (type bytes, message bytes, videoTitle bytes, Cdn bytes, Country bytes, Asn bytes, "
        + "Browser bytes, OperatingSystem bytes, PlayerName bytes, PlayerVersion bytes, StreamType bytes) if failed], "
        + "witnesses [eventTime i64]",
        "watermarks/2: property text, views i64");

    /// <summary>A view that waited has no hash, so no sample drops it.</summary>
    public static void Upgrade(JsonObject fields)
    {
        foreach (var view in fields["suspended"]?.AsArray() ?? [])
        {
            view!["hasCircumstances"] = view["failure"] is not null;
            if (view["failure"] is JsonObject failure)
                view["circumstances"] = new JsonObject { ["hash"] = 0UL, ["values"] = new JsonArray([.. Values(failure)]) };
        }
    }

    private static List<JsonNode> Values(JsonObject failure)
    {
        var values = new List<JsonNode>();
        foreach (var (field, dimension) in Dimensions)
        {
            var value = failure[field]!.GetValue<string>();
            failure.Remove(field);
            if (value.Length > 0)
                values.Add(new JsonObject { ["dimension"] = dimension, ["value"] = value });
        }

        return values;
    }
}
