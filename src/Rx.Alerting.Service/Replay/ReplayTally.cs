using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Service.Replay;

/// <summary>
/// Collects the incidents of a replay for the summary: their number, and the final states of the incidents with the most affected views.
/// Incidents that are part of others are only counted.
/// </summary>
/// <param name="shown">How many incidents are shown.</param>
internal sealed class ReplayTally(int shown)
{
    private static readonly TimelinePoint[] NoTimeline = [];

    private readonly Dictionary<string, Incident> latest = new(StringComparer.Ordinal);

    public int Total => Seen.Count();

    public int Alerts => Seen.Count(incident => incident.Severity == IncidentSeverity.Alert);

    public int Open => Seen.Count(incident => incident.Status == IncidentStatus.Open);

    /// <summary>Incidents that are part of others.</summary>
    public int Parts => latest.Count - Total;

    private IEnumerable<Incident> Seen => latest.Values.Where(incident => !incident.Inhibited);

    public void Apply(IncidentChange change) => latest[change.Incident.Id] = change.Incident with { Timeline = NoTimeline };

    /// <summary>The incidents to show, in the order in which they opened.</summary>
    public IReadOnlyList<Incident> Largest() =>
    [
        .. Seen.OrderByDescending(incident => incident.AffectedViews)
            .Take(shown)
            .OrderBy(incident => incident.StartedAt)
            .ThenBy(incident => incident.Id, StringComparer.Ordinal),
    ];
}
