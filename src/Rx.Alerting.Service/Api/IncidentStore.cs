using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Service.Api;

/// <summary>What the API shows: the latest committed state of every incident of the pipelines that run here. Any thread may call.</summary>
internal sealed class IncidentStore(IncidentOptions options)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, IncidentHistory> pipelines = new(StringComparer.Ordinal);

    /// <summary>How far the pipelines have decided; the end of what an answer covers.</summary>
    private DateTimeOffset? decidedUntil;

    /// <summary>A pipeline begins, or begins anew, with what its checkpoint has.</summary>
    public void Begin(string pipeline, IEnumerable<Incident> incidents)
    {
        var history = new IncidentHistory(options.MaximumHistory);
        foreach (var incident in incidents)
            history.Apply(incident);
        lock (gate)
            pipelines[pipeline] = history;
    }

    /// <summary>Takes a change of a pipeline that has begun; one that comes again changes nothing.</summary>
    public void Apply(string pipeline, Incident incident)
    {
        lock (gate)
        {
            if (pipelines.TryGetValue(pipeline, out var history) && !(history.Find(incident.Id)?.UpdatedAt > incident.UpdatedAt))
                history.Apply(incident);
            Advance(incident.UpdatedAt);
        }
    }

    /// <summary>The pipeline runs here no longer.</summary>
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

    /// <summary>All that is kept, in no order, and the event time until which it holds; null before the first view is decided.</summary>
    public (Incident[] Incidents, DateTimeOffset? DecidedUntil) Snapshot()
    {
        lock (gate)
            return ([.. pipelines.Values.SelectMany(history => history.All)], decidedUntil);
    }
}
