using System.Text.Json.Nodes;
using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Core.Panes;

/// <summary>Version 4 of open panes: views had no circumstances. Must never change.</summary>
internal static class PaneVersion4
{
    public static StateLayout Layout { get; } = new(4,
        "panes: interval i64, start i64, cells [isProperty bool, property bytes, title bytes if !isProperty, views i32, "
        + "errors [type bytes, count i32, evidenceTime i64, message bytes, videoTitle bytes]], "
        + "late [property u64, paneStart i64, views i32]");

    public static void Upgrade(JsonObject fields) => fields["samples"] = new JsonArray();
}
