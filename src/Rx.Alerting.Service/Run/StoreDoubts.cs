using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Service.Run;

/// <summary>
/// Tells, in the log and in the service's health, when the store may lose data. The log tells it when the doubt begins, once an hour while
/// it lasts, and when it ends.
/// </summary>
internal sealed class StoreDoubts(ICheckpointStore store, PipelineHealth health, TimeProvider clock, ILogger<StoreDoubts> log)
    : PeriodicService(TimeSpan.FromSeconds(1), clock)
{
    private const string Key = "store";
    private static readonly TimeSpan Reminder = TimeSpan.FromHours(1);

    private string? said;
    private long saidAt;

    public override void LookAgain()
    {
        var doubt = store.Doubt;
        health.Doubt(Key, doubt);
        if (doubt == said && (doubt is null || Clock.GetElapsedTime(saidAt) < Reminder))
            return;
        (said, saidAt) = (doubt, Clock.GetTimestamp());
        if (doubt is null)
            RunLog.StoreNotDoubtful(log);
        else
            RunLog.StoreDoubtful(log, doubt);
    }
}
