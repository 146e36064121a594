using Rx.Alerting.Connectors.RabbitMq;
using Rx.Alerting.Service.Run;

namespace Rx.Alerting.Service.Control;

/// <summary>
/// Tells, in the log and in the service's health, when no commands come by RabbitMQ. The log tells it when that begins, once a minute while
/// it lasts, and when it ends.
/// </summary>
internal sealed class RabbitMqDoubts(
    RabbitMqCommands source, PipelineHealth health, TimeProvider clock, ILogger<RabbitMqDoubts> log)
    : PeriodicService(TimeSpan.FromSeconds(1), clock)
{
    private const string Key = "control";
    private static readonly TimeSpan Reminder = TimeSpan.FromMinutes(1);

    private long since;
    private long? saidAt;

    public override void LookAgain()
    {
        var trouble = source.Trouble;
        health.Doubt(Key, trouble is null ? null : $"no commands come by RabbitMQ: {trouble}");
        var now = Clock.GetTimestamp();
        if (trouble is null && saidAt is not null)
        {
            saidAt = null;
            RunLog.CommandsComeAgain(log, (long)Clock.GetElapsedTime(since, now).TotalMilliseconds);
        }
        else if (trouble is not null && (saidAt is null || Clock.GetElapsedTime(saidAt.Value, now) >= Reminder))
        {
            since = saidAt is null ? now : since;
            saidAt = now;
            RunLog.NoCommandsCome(log, trouble);
        }
    }
}
