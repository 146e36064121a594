using Rx.Alerting.Core.Pipeline;

namespace Rx.Alerting.Service.Run;

/// <summary>
/// Logs checkpoint events. An outage of the store is logged when it begins, once a minute while it lasts, and when it ends.
/// </summary>
internal sealed class CheckpointLog(TimeProvider clock, ILogger<CheckpointLog> log)
{
    /// <summary>A commit that takes so long is logged, because incidents are told only after the commit that has them.</summary>
    private static readonly TimeSpan LongCommit = TimeSpan.FromSeconds(5);

    private readonly Reminders<string> outages = new(clock);
    private readonly Reminders<string> longCommits = new(clock);

    public void Take(CheckpointEvent value)
    {
        switch (value.Kind)
        {
            case CheckpointEventKind.Retrying:
                if (outages.IsDue(value.Pipeline, value.Problem!.Message))
                    RunLog.StoreFails(log, value.Pipeline, value.Problem.Message);
                return;
            case CheckpointEventKind.Rewriting:
                RunLog.Rewriting(log, value.Pipeline, value.What);
                return;
            case CheckpointEventKind.RolledBack:
                RunLog.RolledBack(log, value.Problem!.Message);
                break;
            case CheckpointEventKind.Committed when value.Duration >= LongCommit:
                if (longCommits.IsDue(value.Pipeline))
                    RunLog.LongCommit(log, value.Pipeline, value.Id, value.Duration.TotalSeconds, value.Entries);
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

        if (outages.End(value.Pipeline) is { } lasted)
            RunLog.StoreIsBack(log, value.Pipeline, (long)lasted.TotalMilliseconds);
    }
}
