using System.Diagnostics;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Pipeline;

namespace Rx.Alerting.Service.Telemetry;

/// <summary>
/// Remembers the spans of the latest commits that people are told of, for links of what they have caused. What is not remembered has no
/// link: a wrong one would mislead. Thread-safe.
/// </summary>
internal sealed class CommitTrail
{
    /// <summary>Commits of a pipeline that are remembered.</summary>
    private const int MaximumCommits = 64;

    /// <summary>Incidents that are remembered.</summary>
    private const int MaximumIncidents = 4096;

    private readonly Lock gate = new();
    private readonly Dictionary<string, Commits> pipelines = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (ActivityContext Opening, ActivityContext End)> incidents = new(StringComparer.Ordinal);
    private readonly Queue<string> order = [];

    /// <param name="committed">A commit.</param>
    /// <param name="commit">Its span; default: it has none.</param>
    public void Note(CheckpointEvent committed, ActivityContext commit)
    {
        lock (gate)
        {
            // Where the beginning was not seen, nobody knows how many effects were there before this commit.
            if (pipelines.TryGetValue(committed.Pipeline, out var latest))
                latest.Add(committed.LatestEffect, commit);
            else
                pipelines[committed.Pipeline] = new(committed.LatestEffect);
            foreach (var change in committed.Changes)
                Note(change, commit);
        }
    }

    /// <summary>A pipeline begins with what another process, or this one before, has committed.</summary>
    public void Begin(CheckpointEvent restored)
    {
        lock (gate)
            pipelines[restored.Pipeline] = new(restored.LatestEffect);
    }

    /// <summary>The pipeline has ended.</summary>
    public void Forget(string pipeline)
    {
        lock (gate)
            pipelines.Remove(pipeline);
    }

    /// <summary>The commit that has an effect. Default: it is not known.</summary>
    public ActivityContext OfEffect(string pipeline, long sequence)
    {
        lock (gate)
            return pipelines.GetValueOrDefault(pipeline)?.Find(sequence) ?? default;
    }

    /// <summary>The commit that has the latest opening of an incident, or its end. Default: it is not known.</summary>
    public ActivityContext OfIncident(string id, bool isEnd)
    {
        lock (gate)
            return incidents.GetValueOrDefault(id) is var known && isEnd ? known.End : known.Opening;
    }

    private void Note(CommittedChange change, ActivityContext commit)
    {
        var isOpening = change.Transition is IncidentTransition.Opened or IncidentTransition.Reopened;
        if (!isOpening && change.Transition is not (IncidentTransition.Closed or IncidentTransition.Expired))
            return;
        var isKnown = incidents.TryGetValue(change.IncidentId, out var known);
        incidents[change.IncidentId] = isOpening ? (commit, default) : known with { End = commit };
        if (isKnown)
            return;
        order.Enqueue(change.IncidentId);
        if (order.Count > MaximumIncidents)
            incidents.Remove(order.Dequeue());
    }

    /// <summary>The latest commits of a pipeline.</summary>
    private sealed class Commits
    {
        private readonly Queue<(long LatestEffect, ActivityContext Commit)> latest = [];
        private long before, end;

        /// <param name="before">The latest effect before them.</param>
        public Commits(long before) => this.before = end = before;

        public void Add(long latestEffect, ActivityContext commit)
        {
            if (latestEffect <= end)
                return;
            latest.Enqueue((end = latestEffect, commit));
            if (latest.Count > MaximumCommits)
                before = latest.Dequeue().LatestEffect;
        }

        public ActivityContext Find(long sequence) =>
            sequence <= before ? default : latest.FirstOrDefault(commit => commit.LatestEffect >= sequence).Commit;
    }
}
