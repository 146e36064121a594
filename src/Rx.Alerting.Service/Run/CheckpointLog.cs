using System.Collections.Concurrent;
using Rx.Alerting.Core.Pipeline;

namespace Rx.Alerting.Service.Run;

/// <summary>
/// Logs checkpoint events. An outage of the store is logged when it begins, once a minute while it lasts, and when it ends.
/// </summary>
internal sealed class CheckpointLog(TimeProvider clock, ILogger<CheckpointLog> log)
{
    private static readonly TimeSpan Reminder = TimeSpan.FromMinutes(1);

    /// <summary>A commit that takes so long is logged, because incidents are told only after the commit that has them.</summary>
    private static readonly TimeSpan LongCommit = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, Outage> outages = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> longCommitsTold = new(StringComparer.Ordinal);

    public void Take(CheckpointEvent value)
    {
        switch (value.Kind)
        {
            case CheckpointEventKind.Retrying:
                Retrying(value.Pipeline, value.Problem!.Message);
                return;
            case CheckpointEventKind.Rewriting:
                RunLog.Rewriting(log, value.Pipeline, value.What);
                return;
            case CheckpointEventKind.RolledBack:
                RunLog.RolledBack(log, value.Problem!.Message);
                break;
            case CheckpointEventKind.Committed when value.Duration >= LongCommit:
                TellLong(value);
                break;
            case CheckpointEventKind.Restored when value is { Id: 0, Lost: { } lost }:
                RunLog.StateIsMissing(log, value.Pipeline, lost, value.Beginning);
                break;
            case CheckpointEventKind.Restored when value.Id == 0:
                RunLog.BeginsAnew(log, value.Pipeline, value.Beginning);
                break;
            case CheckpointEventKind.Restored:
                RunLog.Restored(log, value.Pipeline, value.Id, value.Entries, (long)value.Duration.TotalMilliseconds);
                break;
        }

        if (outages.TryRemove(value.Pipeline, out var over))
            RunLog.StoreIsBack(log, value.Pipeline, (long)clock.GetElapsedTime(over.Since).TotalMilliseconds);
    }

    private void TellLong(CheckpointEvent commit)
    {
        if (longCommitsTold.TryGetValue(commit.Pipeline, out var told) && clock.GetElapsedTime(told) < Reminder)
            return;
        longCommitsTold[commit.Pipeline] = clock.GetTimestamp();
        RunLog.LongCommit(log, commit.Pipeline, commit.Id, commit.Duration.TotalSeconds, commit.Entries);
    }

    private void Retrying(string pipeline, string problem)
    {
        var now = clock.GetTimestamp();
        var known = outages.TryGetValue(pipeline, out var outage);
        if (known && outage!.Problem == problem && clock.GetElapsedTime(outage.Told, now) < Reminder)
            return;
        outages[pipeline] = new(outage?.Since ?? now, now, problem);
        RunLog.StoreFails(log, pipeline, problem);
    }

    private sealed record Outage(long Since, long Told, string Problem);
}
