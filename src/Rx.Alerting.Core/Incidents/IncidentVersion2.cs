using System.Text.Json.Nodes;
using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Core.Incidents;

/// <summary>Version 2 of the open incidents: they were closed by views alone. Must never change.</summary>
internal static class IncidentVersion2
{
    public static StateLayout Layout { get; } = new(2,
        "incidents: property bytes, isTitle bool, title bytes if isTitle, typeHash u64, type bytes, "
        + "startedAt i64, windowStartedAt i64, openedPosition i64, openingViews i64, threshold f64, "
        + "errorDescription text, videoTitle text, severity u8, "
        + "affectedViews i64, affectedViewsPerHourOnOpen f64, lateViews i64, calmEvaluations i32, evaluatedPosition i64, "
        + "toldAt i64, toldAffectedViews i64, timeline [at i64, views i64, errors i64]");

    /// <summary>When a view failed last is not known. It counts as the time at which the incident was told last.</summary>
    public static void Upgrade(JsonObject fields)
    {
        var toldAt = fields["toldAt"]!.GetValue<long>();
        fields["reopenings"] = 0;
        fields["openedAt"] = fields["startedAt"]!.GetValue<long>();
        fields["openingTime"] = fields["startedAt"]!.GetValue<long>() - fields["windowStartedAt"]!.GetValue<long>();
        fields["standsOut"] = false;
        fields["isOfPlatform"] = false;
        fields["isOfTitle"] = false;
        fields["isOfSeveral"] = false;
        fields["earlierAffectedViews"] = 0L;
        fields["calmSince"] = toldAt;
        fields["seenPosition"] = fields["evaluatedPosition"]!.GetValue<long>();
        fields["failing"] = new JsonObject
        {
            ["latestAt"] = toldAt,
            ["views"] = fields["openingViews"]!.GetValue<long>(),
            ["errors"] = fields["affectedViews"]!.GetValue<long>(),
            ["viewsSince"] = 0L,
        };
        fields["recent"] = new JsonObject { ["slot"] = 0L, ["slots"] = new JsonArray() };
    }
}
