using System.Text.Json.Nodes;
using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Core.EventTime;

/// <summary>Version 2 of watermarks: a view that waits for witnesses had the hashes of its names. Must never change.</summary>
internal static class WatermarkVersion2
{
    public static StateLayout Layout { get; } = new(2,
        "watermarks/0: newestEventTime i64, watermark i64, isIdle bool, hadPartitions bool",
        "watermarks/1: partition text, watermark i64, isIdle bool, hasViews bool, newestEventTime i64, "
        + "suspended [start i32, eventTime i64, arrivalTime i64, propertyHash u64, titleHash u64, property bytes, title bytes, "
        + "failed bool, failure (typeHash u64, type bytes, message bytes, videoTitle bytes, Cdn bytes, Country bytes, Asn bytes, "
        + "Browser bytes, OperatingSystem bytes, PlayerName bytes, PlayerVersion bytes, StreamType bytes) if failed], "
        + "witnesses [eventTime i64]",
        "watermarks/2: property text, views i64");

    public static void Upgrade(JsonObject fields)
    {
        foreach (var view in fields["suspended"]?.AsArray() ?? [])
        {
            view!.AsObject().Remove("propertyHash");
            view.AsObject().Remove("titleHash");
            view["failure"]?.AsObject().Remove("typeHash");
        }
    }
}
