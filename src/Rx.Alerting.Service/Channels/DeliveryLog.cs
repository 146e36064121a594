using Rx.Alerting.Core.Effects;
using Rx.Alerting.Service.Run;

namespace Rx.Alerting.Service.Channels;

/// <summary>
/// Tells, in the log and in the service's health, which channels fail. A failure is logged when it begins, once a minute while it lasts,
/// and when it ends. Takes one event at a time.
/// </summary>
internal sealed class DeliveryLog(PipelineHealth health, TimeProvider clock, ILogger<DeliveryLog> log)
{
    private readonly Reminders<(string Pipeline, string Channel)> failures = new(clock);
    private readonly Reminders<(string Pipeline, string Channel)> losses = new(clock);

    /// <summary>Effects that were dropped and not logged yet.</summary>
    private readonly Dictionary<(string Pipeline, string Channel), long> dropped = [];

    public void Take(CourierEvent value)
    {
        switch (value.Kind)
        {
            case CourierEventKind.Failed:
                Fail(value);
                break;
            case CourierEventKind.Delivered:
                Recover(value);
                break;
            case CourierEventKind.Dropped:
                Drop(value);
                break;
            case CourierEventKind.Retired when value.Effects > 0:
                RunLog.ChannelRetired(log, value.Channel, value.Pipeline, value.Effects);
                break;
        }
    }

    private void Fail(CourierEvent value)
    {
        var problem = value.Problem!.Message;
        Say(value, $"{value.Pipeline} cannot tell {value.Channel} what has changed: {problem}");
        if (failures.IsDue((value.Pipeline, value.Channel), problem))
            RunLog.ChannelFails(log, value.Channel, value.Pipeline, value.Cursor.Attempts, problem);
    }

    private void Recover(CourierEvent value)
    {
        if (failures.End((value.Pipeline, value.Channel)) is not { } lasted)
            return;
        Say(value, null);
        RunLog.ChannelIsBack(log, value.Channel, value.Pipeline, (long)lasted.TotalMilliseconds);
    }

    private void Drop(CourierEvent value)
    {
        var key = (value.Pipeline, value.Channel);
        var effects = dropped[key] = dropped.GetValueOrDefault(key) + value.Effects;
        if (!losses.IsDue(key))
            return;
        RunLog.ChannelLost(log, value.Channel, value.Pipeline, effects, value.Cursor.Dropped);
        dropped.Remove(key);
    }

    /// <summary>A board that fails is a trouble, because then the API's answers are old.</summary>
    private void Say(CourierEvent value, string? problem)
    {
        var key = $"{value.Pipeline} to {value.Channel}";
        if (value.Channel == BoardChannel.ChannelName)
            health.Trouble(key, problem);
        else
            health.Doubt(key, problem);
    }
}
