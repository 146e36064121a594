using Rx.Alerting.Core.Effects;
using Rx.Alerting.Service.Run;

namespace Rx.Alerting.Service.Channels;

/// <summary>
/// Tells, in the log and in the service's health, which channels fail. A failure is logged when it begins, once a minute while it lasts,
/// and when it ends. Takes one event at a time.
/// </summary>
internal sealed class DeliveryLog(PipelineHealth health, TimeProvider clock, ILogger<DeliveryLog> log)
{
    private static readonly TimeSpan Reminder = TimeSpan.FromMinutes(1);

    private readonly Dictionary<(string Pipeline, string Channel), Failure> failures = [];
    private readonly Dictionary<(string Pipeline, string Channel), Loss> losses = [];

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
        var (key, now, problem) = ((value.Pipeline, value.Channel), clock.GetTimestamp(), value.Problem!.Message);
        Say(value, $"{value.Pipeline} cannot tell {value.Channel} what has changed: {problem}");
        var known = failures.TryGetValue(key, out var before);
        if (known && before!.Problem == problem && clock.GetElapsedTime(before.Told, now) < Reminder)
            return;
        failures[key] = new(before?.Since ?? now, now, problem);
        RunLog.ChannelFails(log, value.Channel, value.Pipeline, value.Cursor.Attempts, problem);
    }

    private void Recover(CourierEvent value)
    {
        if (!failures.Remove((value.Pipeline, value.Channel), out var over))
            return;
        Say(value, null);
        RunLog.ChannelIsBack(log, value.Channel, value.Pipeline, (long)clock.GetElapsedTime(over.Since).TotalMilliseconds);
    }

    private void Drop(CourierEvent value)
    {
        var (key, now) = ((value.Pipeline, value.Channel), clock.GetTimestamp());
        var loss = losses.TryGetValue(key, out var before) ? before : new(0, null);
        loss = loss with { Effects = loss.Effects + value.Effects };
        if (loss.Told is not { } told || clock.GetElapsedTime(told, now) >= Reminder)
        {
            RunLog.ChannelLost(log, value.Channel, value.Pipeline, loss.Effects, value.Cursor.Dropped);
            loss = new(0, now);
        }

        losses[key] = loss;
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

    private sealed record Failure(long Since, long Told, string Problem);

    /// <param name="Effects">Effects that were dropped and not told yet.</param>
    /// <param name="Told">When it was told last.</param>
    private sealed record Loss(long Effects, long? Told);
}
