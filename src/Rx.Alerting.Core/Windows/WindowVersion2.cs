using System.Text.Json.Nodes;
using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Core.Windows;

/// <summary>Version 2 of the windows: a property knew nothing of what its titles explain. Must never change.</summary>
internal static class WindowVersion2
{
    private const string Key = "name bytes, hash u64, position i64, lastSeen i64, series [type bytes, typeHash u64, held bool, "
        + "titlesRestartAt i64, foldedTo i64, window (start i64, entries [position i64, views i32, errors i32, paneStart i64]), "
        + "baseline (errors f64, successes f64, overdispersion f64, updatedAt i64, "
        + "chunkViews i64, chunkErrors i64, windowViews i64, windowErrors i64)]";

    public static StateLayout Layout { get; } =
        new(2, $"properties/0: {Key}", "properties/1: droppedViews i64", $"titles: touchSequence i64, {Key}");

    public static ShownEntry Upgrade(ShownEntry entry)
    {
        foreach (var series in entry.Fields["series"]?.AsArray() ?? [])
        {
            if (entry.Key.Section == StateSections.Titles)
                series!.AsObject().Remove("titlesRestartAt");
            else
                AddToProperty(series!.AsObject());
        }

        return entry;
    }

    /// <summary>Of an open incident it is not known which titles it affects. All that have errors in their window count.</summary>
    private static void AddToProperty(JsonObject series)
    {
        series["explained"] = new JsonObject { ["start"] = series["window"]!["start"]!.GetValue<long>(), ["entries"] = new JsonArray() };
        series["tail"] = new JsonArray();
        if (series["held"]!.GetValue<bool>())
        {
            series["spread"] = new JsonObject
            {
                ["since"] = 0L,
                ["titles"] = 0,
                ["revisitedViews"] = 0L,
                ["revisitedErrors"] = 0L,
            };
        }
    }
}
