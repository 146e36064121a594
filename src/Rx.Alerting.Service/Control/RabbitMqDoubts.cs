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

    private readonly Reminders<string> troubles = new(clock);

    public override void LookAgain()
    {
        var trouble = source.Trouble;
        health.Doubt(Key, trouble is null ? null : $"no commands come by RabbitMQ: {trouble}");
        if (trouble is null && troubles.End(Key) is { } lasted)
            RunLog.CommandsComeAgain(log, (long)lasted.TotalMilliseconds);
        else if (trouble is not null && troubles.IsDue(Key))
            RunLog.NoCommandsCome(log, trouble);
    }
}
