using System.Text.Json.Nodes;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.Windows;

/// <summary>Version 3 of the windows: keys were named by a hash in which some short names were the same. Must never change.</summary>
internal static class WindowVersion3
{
    private const string Key = "name bytes, hash u64, position i64, lastSeen i64, series [";

    private const string Series = "type bytes, typeHash u64, held bool, foldedTo i64, "
        + "window (start i64, entries [position i64, views i32, errors i32, paneStart i64]), "
        + "baseline (errors f64, successes f64, overdispersion f64, updatedAt i64, "
        + "chunkViews i64, chunkErrors i64, windowViews i64, windowErrors i64)";

    private const string OfProperty = ", titlesRestartAt i64, "
        + "explained (start i64, entries [position i64, views i32, errors i32, paneStart i64]), "
        + "tail [position i64, paneStart i64, errors i64], "
        + "spread (since i64, titles i32, revisitedViews i64, revisitedErrors i64) if held";

    public static StateLayout Layout { get; } = new(3,
        $"properties/0: {Key}{Series}{OfProperty}]",
        "properties/1: droppedViews i64",
        $"titles: touchSequence i64, {Key}{Series}]");

    /// <summary>
    /// Entries get keys of the new hash. Properties come before their titles. Which titles an open incident affects is found out
    /// anew: before, one error was enough.
    /// </summary>
    public static IEnumerable<ShownEntry> Upgrade(IEnumerable<ShownEntry> entries)
    {
        var properties = new Dictionary<ulong, ulong>();
        foreach (var (key, fields) in entries)
        {
            if (fields["name"] is not { } name)
            {
                yield return new(key, fields);
                continue;
            }

            var hash = KeyHash.Of(name.GetValue<string>());
            fields.Remove("hash");
            foreach (var series in fields["series"]!.AsArray())
                UpgradeSeries(series!.AsObject());
            if (key.Section == StateSections.Titles)
            {
                yield return new(key with { High = properties.GetValueOrDefault(key.High, key.High), Low = hash }, fields);
                continue;
            }

            properties[key.Low] = hash;
            yield return new(key with { Low = hash }, fields);
        }
    }

    private static void UpgradeSeries(JsonObject series)
    {
        series.Remove("typeHash");
        if (series["spread"] is not JsonObject spread)
            return;
        spread.Remove("revisitedViews");
        spread.Remove("revisitedErrors");
        spread["affected"] = new JsonObject { ["views"] = 0L, ["errors"] = 0L, ["normal"] = 0L };
    }
}
