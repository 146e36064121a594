using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Core.Control;

/// <summary>Version 1 of what people have decided: commands had no fingerprints. Must never change.</summary>
internal static class ControlVersion1
{
    public static StateLayout Layout { get; } = new(1,
        "commands/0: id text, by text, status u8, reason text, isTimed bool, at i64 if isTimed",
        "commands/1: id text, by text, comment text, property text, title text, errorType text, startsAt i64, "
        + "endsAt i64, phase u8, recurs bool, cron text if recurs, timeZone text if recurs, duration i64 if recurs, "
        + "isLimited bool, until i64 if isLimited",
        "commands/2: id text, incidentKey text, status u8, severity u8, measuredValue f64, isResolved bool, "
        + "resolvedAt i64 if isResolved, measuredValueOnClose f64 if isResolved, threshold f64, sampleSize i64, "
        + "affectedViews i64, affectedViewsPerHour f64, affectedViewsPerHourOnOpen f64, startedAt i64, description text, "
        + "errorDescription text, breakdowns [name text, value text, share f64], propertyId text, videoId text, "
        + "videoTitle text, errorType text, windowStartedAt i64, updatedAt i64, lateViews i64, reason u8, parentId text, "
        + "standsOut bool, affectedTitles i32, affectedProperties i32, reopenings i32, flapping bool, "
        + "isAcknowledged bool, acknowledgedBy text if isAcknowledged, acknowledgedAt i64 if isAcknowledged, "
        + "acknowledgementNote text if isAcknowledged, silencedBy [id text], trail [at i64, transition u8, reason u8, "
        + "by text, note text], timeline [at i64, views i64, errors i64]");

    /// <summary>What the commands of before have asked for is not known.</summary>
    public static ShownEntry Upgrade(ShownEntry entry)
    {
        if (entry.Key.High == ControlState.OutcomeEntry)
            entry.Fields["fingerprint"] = CommandFingerprint.Unknown;
        return entry;
    }
}
