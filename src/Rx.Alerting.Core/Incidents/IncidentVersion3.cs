using System.Text.Json.Nodes;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.Incidents;

/// <summary>Version 3 of the incidents: properties and error types had another hash. Must never change.</summary>
internal static class IncidentVersion3
{
    private const string Timeline = "timeline [at i64, views i64, errors i64]";

    public static StateLayout Layout { get; } = new(3,
        "incidents/0: property bytes, isTitle bool, title bytes if isTitle, typeHash u64, type bytes, startedAt i64, windowStartedAt i64, "
        + "reopenings i32, openedAt i64, openingTime i64, standsOut bool, isOfPlatform bool, isOfTitle bool, isOfSeveral bool, "
        + "earlierAffectedViews i64, openedPosition i64, openingViews i64, threshold f64, errorDescription text, videoTitle text, "
        + "severity u8, affectedViews i64, affectedViewsPerHourOnOpen f64, lateViews i64, calmEvaluations i32, evaluatedPosition i64, "
        + "calmSince i64, seenPosition i64, failing (latestAt i64, views i64, errors i64, viewsSince i64), "
        + $"recent (slot i64, slots [number i64, views i64, errors i64, explained i64]), toldAt i64, toldAffectedViews i64, {Timeline}",
        "incidents/1: key text, endedAt i64, until i64, startedAt i64, windowStartedAt i64, reopenings i32, affectedViews i64, "
        + $"lateViews i64, {Timeline}",
        "incidents/2: type bytes, startedAt i64, windowStartedAt i64, firstProperty text, endedAffectedViews i64, threshold f64, "
        + "severity u8, errorDescription text, shownViews i64, shownErrors i64, toldAffectedViews i64, toldProperties i32, joinedAt i64, "
        + $"properties [hash u64], {Timeline}");

    /// <summary>
    /// A platform's incident knows its properties by their hashes. The names of those with an open incident are known; of the others only
    /// their number matters.
    /// </summary>
    public static IEnumerable<ShownEntry> Upgrade(IEnumerable<ShownEntry> entries)
    {
        List<ShownEntry> all = [.. entries];
        var hashes = new Dictionary<ulong, ulong>();
        foreach (var (_, fields) in all.Where(entry => entry.Key.High == IncidentState.OpenEntry))
        {
            fields.Remove("typeHash");
            fields["seenAffected"] = None();
            fields["calmAffected"] = None();
            foreach (var slot in fields["recent"]!["slots"]!.AsArray())
                slot!["affected"] = None();
            var property = fields["property"]!.GetValue<string>();
            hashes[ContentHash.Of(property)] = KeyHash.Of(property);
        }

        foreach (var (_, fields) in all.Where(entry => entry.Key.High == IncidentState.PlatformEntry))
        {
            fields["isOver"] = false;
            fields["reopenings"] = 0;
            foreach (var name in (string[])["endedAt", "until", "earlierAffectedViews"])
                fields[name] = 0L;
            foreach (var property in fields["properties"]!.AsArray())
            {
                var hash = property!["hash"]!.GetValue<ulong>();
                property["hash"] = hashes.GetValueOrDefault(hash, hash);
            }
        }

        return all;
    }

    private static JsonObject None() => new() { ["views"] = 0L, ["errors"] = 0L, ["normal"] = 0L };
}
