using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Core.Incidents;

/// <summary>Version 5 of the incidents: the platform's kept the views that were shown last. Must never change.</summary>
internal static class IncidentVersion5
{
    public static StateLayout Layout { get; } = new(5,
        "incidents/0: property bytes, isTitle bool, title bytes if isTitle, type bytes, startedAt i64, windowStartedAt i64, "
        + "reopenings i32, openedAt i64, openingTime i64, standsOut bool, isOfPlatform bool, isOfTitle bool, isOfSeveral bool, "
        + "earlierAffectedViews i64, openedPosition i64, openingViews i64, threshold f64, errorDescription text, videoTitle "
        + "text, severity u8, affectedViews i64, affectedViewsPerHourOnOpen f64, lateViews i64, calmEvaluations i32, "
        + "evaluatedPosition i64, calmSince i64, seenPosition i64, seenAffected (views i64, errors i64, normal i64), "
        + "calmAffected (views i64, errors i64, normal i64), failing (latestAt i64, views i64, errors i64, viewsSince i64), "
        + "recent (slot i64, slots [number i64, views i64, errors i64, explained i64, affected (views i64, errors i64, normal "
        + "i64)]), toldAt i64, toldAffectedViews i64, explainedBy u8, explanations [dimensions [name text, value text], share "
        + "f64, errorRate f64, normalRate f64, lift f64, views i64, affectedViews i64], askedAffectedViews i64, toldCause text, "
        + "toldCauseAffectedViews i64, toldCauses i32, timeline [at i64, views i64, errors i64]",
        "incidents/1: key text, endedAt i64, until i64, startedAt i64, windowStartedAt i64, reopenings i32, affectedViews "
        + "i64, lateViews i64, timeline [at i64, views i64, errors i64]",
        "incidents/2: type bytes, startedAt i64, windowStartedAt i64, firstProperty text, endedAffectedViews i64, threshold "
        + "f64, severity u8, errorDescription text, shownViews i64, shownErrors i64, toldAffectedViews i64, toldProperties i32, "
        + "joinedAt i64, isOver bool, endedAt i64, until i64, reopenings i32, earlierAffectedViews i64, properties [hash u64], "
        + "explainedBy u8, explanations [dimensions [name text, value text], share f64, errorRate f64, normalRate f64, lift "
        + "f64, views i64, affectedViews i64], timeline [at i64, views i64, errors i64]");

    public static ShownEntry Upgrade(ShownEntry entry)
    {
        if (entry.Key.High == IncidentState.PlatformEntry)
        {
            entry.Fields.Remove("shownViews");
            entry.Fields.Remove("shownErrors");
        }

        return entry;
    }
}
