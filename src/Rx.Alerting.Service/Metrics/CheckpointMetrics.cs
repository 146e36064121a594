using System.Collections.Concurrent;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Service.Run;

namespace Rx.Alerting.Service.Metrics;

/// <summary>Commits, and the changes of incidents that they have confirmed.</summary>
internal sealed class CheckpointMetrics
{
    private static readonly double[] Durations = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];
    private static readonly double[] Pauses = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5];

    private readonly ConcurrentDictionary<string, double> latest = new(StringComparer.Ordinal);
    private readonly Dictionary<IncidentTransition, CounterInstrument> incidents;
    private readonly CounterInstrument commits, entries, bytes, retries, rollbacks, ownershipsLost;
    private readonly HistogramInstrument duration, pause, latency;

    public CheckpointMetrics(Instruments instruments, PipelineStatus status)
    {
        commits = instruments.Counter("checkpoint_commits_total", "Commits that the store has confirmed");
        entries = instruments.Counter("checkpoint_entries_total", "Entries written by these commits");
        bytes = instruments.Counter("checkpoint_bytes_total", "Bytes of these entries");
        retries = instruments.Counter("checkpoint_retries_total", "Calls that the store did not answer, or refused; each was repeated");
        rollbacks = instruments.Counter("checkpoint_rollbacks_total", "How often the store had lost commits that it had confirmed");
        ownershipsLost = instruments.Counter("ownerships_lost_total", "How often another process has taken over a pipeline");
        duration = instruments.Histogram(
            "checkpoint_duration_seconds", "From the begin of a commit until it was confirmed, retries included", Durations);
        pause = instruments.Histogram("checkpoint_pause_seconds", "How long a pipeline stood still for a commit", Pauses);
        latency = instruments.Histogram(
            "incident_latency_seconds",
            "From the arrival of a pane's first view to the confirmed commit that has the incident it opened",
            [0.1, 0.25, 0.5, 1, 2, 3, 5, 7.5, 10, 15, 20, 30, 60, 120, 300]);
        incidents = new()
        {
            [IncidentTransition.Opened] = instruments.Counter("incidents_opened_total", "Incidents that opened", "level"),
            [IncidentTransition.Reopened] = instruments.Counter("incidents_reopened_total", "Incidents that broke out again", "level"),
            [IncidentTransition.Closed] = instruments.Counter("incidents_closed_total", "Incidents that closed", "level"),
            [IncidentTransition.Expired] = instruments.Counter("incidents_expired_total", "Incidents without views for long", "level"),
        };
        foreach (var counter in incidents.Values)
        {
            foreach (var level in Enum.GetValues<IncidentLevel>())
                counter.Add(0, PipelineMetrics.SnakeCase(level));
        }

        instruments.Gauge(
            "checkpoint_timestamp_seconds",
            "When the latest commit was confirmed",
            () => latest.Where(one => status.Latest.ContainsKey(one.Key)).Select(one => new Sample(one.Value, one.Key)),
            "pipeline");
    }

    public void Take(CheckpointEvent value, DateTimeOffset now)
    {
        switch (value.Kind)
        {
            case CheckpointEventKind.Committed:
                commits.Add(1);
                entries.Add(value.Entries);
                bytes.Add(value.Bytes);
                duration.Take(value.Duration.TotalSeconds);
                pause.Take(value.Pause.TotalSeconds);
                latest[value.Pipeline] = now.ToUnixTimeMilliseconds() / 1000d;
                foreach (var change in value.Changes)
                    Take(change);
                break;
            case CheckpointEventKind.Retrying:
                retries.Add(1);
                break;
            case CheckpointEventKind.RolledBack:
                rollbacks.Add(1);
                break;
        }
    }

    /// <summary>Another process has taken over a pipeline.</summary>
    public void LoseOwnership() => ownershipsLost.Add(1);

    private void Take(CommittedChange change)
    {
        incidents.GetValueOrDefault(change.Transition)?.Add(1, PipelineMetrics.SnakeCase(change.Level));
        if (change.Latency is { } waited)
            latency.Take(waited.TotalSeconds);
    }
}
