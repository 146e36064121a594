using System.Diagnostics;
using Rx.Alerting.Core.Pipeline;

namespace Rx.Alerting.Service.Telemetry;

/// <summary>Remembers the spans of the latest commits that people are told of, for links of what they have caused. Thread-safe.</summary>
internal sealed class CommitTrail
{
    /// <summary>Commits of a pipeline that are remembered.</summary>
    private const int MaximumCommits = 64;

    /// <summary>Incidents that are remembered.</summary>
    private const int MaximumIncidents = 4096;

    private readonly Lock gate = new();
    private readonly Dictionary<string, Queue<(long LatestEffect, ActivityContext Commit)>> commits = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ActivityContext> incidents = new(StringComparer.Ordinal);
    private readonly Queue<string> order = [];

    public void Note(CheckpointEvent committed, ActivityContext commit)
    {
        lock (gate)
        {
            if (!commits.TryGetValue(committed.Pipeline, out var latest))
                commits[committed.Pipeline] = latest = [];
            if (committed.LatestEffect > (latest.Count == 0 ? 0 : latest.Last().LatestEffect))
                latest.Enqueue((committed.LatestEffect, commit));
            if (latest.Count > MaximumCommits)
                latest.Dequeue();
            foreach (var change in committed.Changes)
                Note(change.IncidentId, commit);
        }
    }

    /// <summary>A pipeline begins with what another process, or this one before, has committed.</summary>
    public void Begin(CheckpointEvent restored)
    {
        lock (gate)
            commits[restored.Pipeline] = new([(restored.LatestEffect, default)]);
    }

    /// <summary>The pipeline has ended.</summary>
    public void Forget(string pipeline)
    {
        lock (gate)
            commits.Remove(pipeline);
    }

    /// <summary>The commit that has an effect. Default: it is not known.</summary>
    public ActivityContext OfEffect(string pipeline, long sequence)
    {
        lock (gate)
            return commits.GetValueOrDefault(pipeline)?.FirstOrDefault(commit => commit.LatestEffect >= sequence).Commit ?? default;
    }

    /// <summary>The commit that has the latest opening or end of an incident. Default: it is not known.</summary>
    public ActivityContext OfIncident(string id)
    {
        lock (gate)
            return incidents.GetValueOrDefault(id);
    }

    private void Note(string incident, ActivityContext commit)
    {
        if (!incidents.ContainsKey(incident))
            order.Enqueue(incident);
        incidents[incident] = commit;
        if (order.Count > MaximumIncidents)
            incidents.Remove(order.Dequeue());
    }
}
