using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Service.Replay;

/// <summary>
/// Collects the incidents of a replay for the summary: their number, and the final states of the incidents with the most affected views.
/// </summary>
/// <param name="shown">How many incidents are shown.</param>
internal sealed class ReplayTally(int shown)
{
    private readonly Dictionary<string, Incident> open = new(StringComparer.Ordinal);
    private readonly PriorityQueue<Incident, long> largest = new();

    public int Total { get; private set; }

    public int Alerts { get; private set; }

    public int Open => open.Count;

    public void Apply(IncidentChange change)
    {
        var incident = change.Incident;
        if (change.Transition == IncidentTransition.Opened)
            Total++;
        if (incident.Status == IncidentStatus.Open)
        {
            open[incident.Id] = incident;
            return;
        }

        open.Remove(incident.Id);
        Alerts += incident.Severity == IncidentSeverity.Alert ? 1 : 0;
        Keep(incident);
    }

    /// <summary>The incidents to show, in the order in which they opened. Call once, after the last change.</summary>
    public IReadOnlyList<Incident> Finish()
    {
        foreach (var incident in open.Values)
        {
            Alerts += incident.Severity == IncidentSeverity.Alert ? 1 : 0;
            Keep(incident);
        }

        return [.. largest.UnorderedItems.Select(item => item.Element)
            .OrderBy(incident => incident.StartedAt)
            .ThenBy(incident => incident.Id, StringComparer.Ordinal)];
    }

    private void Keep(Incident incident)
    {
        largest.Enqueue(incident, incident.AffectedViews);
        if (largest.Count > shown)
            largest.Dequeue();
    }
}
