using Rx.Alerting.Core.Control;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Service.Access;

namespace Rx.Alerting.Service.Forms;

/// <summary>The incidents of the latest days that a silence would have muted, had it been there.</summary>
/// <param name="Incidents">Open ones first, of these alerts; then the latest. More are counted, and not listed.</param>
/// <param name="All">How many there are.</param>
/// <param name="Open">How many of them are open: they would be silenced now.</param>
public sealed record SilencePreview(IReadOnlyList<Incident> Incidents, int All, int Open)
{
    /// <summary>How many are listed.</summary>
    public const int Most = 50;

    /// <summary>How far it looks back, in event time.</summary>
    public const int Days = 7;

    /// <param name="matcher">Of the silence.</param>
    /// <param name="visible">What the reader may see.</param>
    /// <param name="now">The event time that has been reached. Null: none yet.</param>
    internal static SilencePreview Of(IncidentMatcher matcher, VisibleIncidents visible, DateTimeOffset? now)
    {
        var since = now?.AddDays(-Days);
        var muted = Array.FindAll(visible.Snapshot(), incident =>
            matcher.Matches(incident) && !((incident.ResolvedAt ?? now) < since));
        var ordered = muted.OrderByDescending(IsOpen)
            .ThenByDescending(incident => IsOpen(incident) ? incident.Severity : default)
            .ThenByDescending(incident => incident.StartedAt).ThenBy(incident => incident.Id, StringComparer.Ordinal);
        return new([.. ordered.Take(Most)], muted.Length, muted.Count(IsOpen));

        static bool IsOpen(Incident incident) => incident.Status == IncidentStatus.Open;
    }
}
