using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Core.Control;

/// <summary>Audit trails of a bounded length.</summary>
internal static class Trails
{
    /// <summary>The trail of an incident that somebody has followed since it opened, or has not.</summary>
    /// <param name="known">What is known of the incident; null: nothing.</param>
    /// <param name="now">Its state now.</param>
    /// <param name="transition">What has happened now.</param>
    public static IReadOnlyList<TrailEntry> Of(Incident? known, Incident now, IncidentTransition transition) =>
        known is { Trail.Count: > 0 } ? known.Trail
        : transition == IncidentTransition.Opened ? []
        : [new(now.StartedAt, IncidentTransition.Opened)];

    /// <summary>Adds a line. When the trail is full, a line in its middle goes: its begin and its end stay.</summary>
    public static IReadOnlyList<TrailEntry> Add(IReadOnlyList<TrailEntry> trail, TrailEntry entry, int maximum)
    {
        var full = new List<TrailEntry>(trail.Count + 1);
        full.AddRange(trail);
        full.Add(entry);
        while (full.Count > maximum)
            full.RemoveAt(maximum / 2);
        return full;
    }
}
