using Rx.Alerting.Core.Effects;
using Rx.Alerting.Core.Notifications;
using Rx.Alerting.Service.Configuration;

namespace Rx.Alerting.Service.Metrics;

/// <summary>What channels are given, and what those that tell people have told.</summary>
internal sealed class ChannelMetrics
{
    private const string Channel = "channel", Delivered = "delivered", Failed = "failed", GivenUp = "given_up";

    private static readonly double[] Latencies = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600];
    private static readonly double[] Durations = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

    private readonly IReadOnlyCollection<string> telling;
    private readonly CounterInstrument effects, failures, dropped, notifications, notSent;
    private readonly HistogramInstrument duration, latency;

    public ChannelMetrics(Instruments instruments, Settings settings)
    {
        telling = [.. settings.Channels.All.Keys];
        effects = instruments.Counter("channel_effects_total", "Changes of incidents that a channel has taken", Channel);
        failures = instruments.Counter("channel_failures_total", "Deliveries to a channel that failed; each was repeated", Channel);
        dropped = instruments.Counter("channel_dropped_effects_total", "Changes that a channel was not told, as too many waited", Channel);
        notifications = instruments.Counter("notifications_total", "Notifications and failed attempts, by outcome", Channel, "outcome");
        notSent = instruments.Counter("notifications_not_sent_total", "Notifications not to be sent, by reason", Channel, "reason");
        duration = instruments.Histogram("notification_duration_seconds", "One attempt to notify", Durations, Channel);
        latency = instruments.Histogram(
            "delivery_latency_seconds", "From the commit that has a change until the receiver has taken it", Latencies, Channel);
        foreach (var channel in telling)
        {
            foreach (var outcome in (string[])[Delivered, Failed, GivenUp])
                notifications.Add(0, channel, outcome);
            duration.Begin(channel);
        }

        foreach (var channel in (string[])[.. telling, BoardChannel.ChannelName, Channels.ConsoleChannel.ChannelName])
        {
            foreach (var counter in (CounterInstrument[])[effects, failures, dropped])
                counter.Add(0, channel);
            latency.Begin(channel);
        }
    }

    public void Take(CourierEvent value)
    {
        switch (value.Kind)
        {
            case CourierEventKind.Delivered:
                effects.Add(value.Effects, value.Channel);
                if (!telling.Contains(value.Channel)) // Else the receiver does not have it yet.
                    latency.Take(value.Waited.TotalSeconds, value.Channel);
                break;
            case CourierEventKind.Failed:
                failures.Add(1, value.Channel);
                break;
            case CourierEventKind.Dropped:
                dropped.Add(value.Effects, value.Channel);
                break;
        }
    }

    public void Take(NotificationReport report)
    {
        var outcome = report.Kind switch
        {
            NotificationReportKind.Delivered => Delivered,
            NotificationReportKind.Failed => Failed,
            NotificationReportKind.Refused or NotificationReportKind.GivenUp => GivenUp,
            _ => null,
        };
        if (report.Obstacle is { } obstacle)
            notSent.Add(1, report.Channel, PipelineMetrics.SnakeCase(obstacle));
        if (outcome is null)
            return;
        notifications.Add(1, report.Channel, outcome);
        if (report.Duration > TimeSpan.Zero)
            duration.Take(report.Duration.TotalSeconds, report.Channel);
        if (outcome == Delivered)
            latency.Take(report.Latency.TotalSeconds, report.Channel);
    }
}
