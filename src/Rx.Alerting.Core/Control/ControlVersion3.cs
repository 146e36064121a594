using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Core.Control;

/// <summary>Version 3 of what people have decided: incidents did not say what is normal. Must never change.</summary>
internal static class ControlVersion3
{
    public static StateLayout Layout { get; } = new(3,
        "commands/0: id text, by text, status u8, reason text, isTimed bool, at i64 if isTimed, fingerprint u64",
        "commands/1: id text, by text, comment text, property text, title text, errorType text, startsAt i64, "
        + "endsAt i64, phase u8, recurs bool, cron text if recurs, timeZone text if recurs, duration i64 if recurs, "
        + "isLimited bool, until i64 if isLimited",
        $"commands/2: {EarlierIncident.UnratedLayout}",
        "commands/3: version i64, options [key text, value text, version i64, by text, comment text, isTimed bool, at i64 if isTimed]",
        "commands/4: by text, comment text, isTimed bool, at i64 if isTimed");

    public static ShownEntry Upgrade(ShownEntry entry)
    {
        if (entry.Key.High == ControlState.IncidentEntry)
            EarlierIncident.UpgradeUnrated(entry.Fields);
        return entry;
    }
}
