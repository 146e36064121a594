using System.Text.Json.Nodes;
using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Core.Panes;

/// <summary>Version 5 of open panes: views that are the same were samples of their own. Must never change.</summary>
internal static class PaneVersion5
{
    public static StateLayout Layout { get; } = new(5,
        "panes: interval i64, start i64, cells [isProperty bool, property bytes, title bytes if !isProperty, views i32, "
        + "errors [type bytes, count i32, evidenceTime i64, message bytes, videoTitle bytes]], "
        + "late [property u64, paneStart i64, views i32], "
        + "samples [property bytes, failed bool, type bytes if failed, level i32, views [hash u64, values bytes]]");

    public static void Upgrade(JsonObject fields)
    {
        foreach (var group in fields["samples"]!.AsArray())
        {
            foreach (var view in group!["views"]!.AsArray())
                view!["views"] = 1;
        }
    }
}
