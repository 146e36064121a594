using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Service.Api;

/// <summary>
/// The latest state of every incident, in memory, up to a bound: the incidents resolved longest ago go first, open
/// ones never go. One thread writes, any number read.
/// </summary>
internal sealed class IncidentStore(ApiOptions options)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Incident> byId = new(StringComparer.Ordinal);
    private readonly Queue<string> resolved = new();

    /// <summary>How far the pipeline has decided; the end of what an answer covers.</summary>
    private DateTimeOffset? decidedUntil;

    public void Apply(IncidentChange change)
    {
        var incident = change.Incident;
        lock (gate)
        {
            var wasOpen = !byId.TryGetValue(incident.Id, out var before) || before.Status == IncidentStatus.Open;
            byId[incident.Id] = incident;
            if (wasOpen && incident.Status != IncidentStatus.Open)
                resolved.Enqueue(incident.Id);
            while (byId.Count > options.MaximumIncidents && resolved.TryDequeue(out var oldest))
                byId.Remove(oldest);
            Advance(incident.UpdatedAt);
        }
    }

    public void Advance(DateTimeOffset? eventTime)
    {
        lock (gate)
        {
            if (eventTime > decidedUntil || decidedUntil is null)
                decidedUntil = eventTime ?? decidedUntil;
        }
    }

    public Incident? Find(string id)
    {
        lock (gate)
            return byId.GetValueOrDefault(id);
    }

    /// <summary>All that is kept, in no order, and the event time until which it holds; null before the first view is decided.</summary>
    public (Incident[] Incidents, DateTimeOffset? DecidedUntil) Snapshot()
    {
        lock (gate)
            return ([.. byId.Values], decidedUntil);
    }
}
