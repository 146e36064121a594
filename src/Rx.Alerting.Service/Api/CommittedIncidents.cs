using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Service.Api;

/// <summary>
/// The incidents that the API shows: the latest committed state of every incident of the pipelines in this process. In memory. Thread-safe.
/// </summary>
internal sealed class CommittedIncidents(IncidentOptions options)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, IncidentHistory> pipelines = new(StringComparer.Ordinal);

    /// <summary>The event time that the furthest pipeline has reached: the end of an answer's time frame. It never goes back.</summary>
    private DateTimeOffset? decidedUntil;

    /// <summary>A pipeline begins, or begins anew, with the incidents of its checkpoint.</summary>
    public void Begin(string pipeline, IEnumerable<Incident> incidents)
    {
        var history = new IncidentHistory(options.MaximumHistory);
        foreach (var incident in incidents)
            history.Apply(incident);
        lock (gate)
            pipelines[pipeline] = history;
    }

    /// <summary>Applies a change of a pipeline that has begun. A change that comes again changes nothing.</summary>
    public void Apply(string pipeline, Incident incident)
    {
        lock (gate)
        {
            if (pipelines.TryGetValue(pipeline, out var history) && !(history.Find(incident.Id)?.UpdatedAt > incident.UpdatedAt))
                history.Apply(incident);
            Advance(incident.UpdatedAt);
        }
    }

    /// <summary>The pipeline does not run in this process any more.</summary>
    public void Forget(string pipeline)
    {
        lock (gate)
            pipelines.Remove(pipeline);
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
            return pipelines.Values.Select(history => history.Find(id)).FirstOrDefault(found => found is not null);
    }

    /// <summary>
    /// All incidents, in no particular order, and the event time up to which they are decided. The time is null before the first view is
    /// decided.
    /// </summary>
    public (Incident[] Incidents, DateTimeOffset? DecidedUntil) Snapshot()
    {
        lock (gate)
            return ([.. pipelines.Values.SelectMany(history => history.All)], decidedUntil);
    }
}
