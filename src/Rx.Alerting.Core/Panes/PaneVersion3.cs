using System.Text.Json.Nodes;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.Panes;

/// <summary>Version 3 of open panes: properties had another hash. Must never change.</summary>
internal static class PaneVersion3
{
    public static StateLayout Layout { get; } = new(3,
        "panes: interval i64, start i64, cells [isProperty bool, property bytes, title bytes if !isProperty, views i32, "
        + "errors [type bytes, count i32, evidenceTime i64, message bytes, videoTitle bytes]], "
        + "late [property u64, paneStart i64, views i32]");

    /// <summary>The late views of a property without other views in the pane are forgotten: its name is not known.</summary>
    public static void Upgrade(JsonObject fields)
    {
        var hashes = new Dictionary<ulong, ulong>();
        foreach (var cell in fields["cells"]!.AsArray())
        {
            var property = cell!["property"]!.GetValue<string>();
            hashes[ContentHash.Of(property)] = KeyHash.Of(property);
        }

        var late = fields["late"]!.AsArray();
        foreach (var count in late.ToList())
        {
            if (hashes.TryGetValue(count!["property"]!.GetValue<ulong>(), out var hash))
                count["property"] = hash;
            else
                late.Remove(count);
        }
    }
}
