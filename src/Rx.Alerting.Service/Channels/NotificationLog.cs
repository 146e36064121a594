using Rx.Alerting.Core.Notifications;
using Rx.Alerting.Service.Run;

namespace Rx.Alerting.Service.Channels;

/// <summary>
/// Tells, in the log and in the service's health, which receivers fail. A failure is logged when it begins, once a minute while it lasts,
/// and when it ends, or nothing is left that has failed; what is never told is logged each time. Takes one report at a time.
/// </summary>
internal sealed class NotificationLog(PipelineHealth health, TimeProvider clock, ILogger<NotificationLog> log)
{
    /// <summary>How long the health says what was lost, at least.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromHours(1);

    private readonly Dictionary<string, Loss> losses = new(StringComparer.Ordinal);
    private readonly Reminders<string> failures = new(clock);

    public void Take(NotificationReport report)
    {
        switch (report.Kind)
        {
            case NotificationReportKind.Delivered:
                Recover(report.Channel);
                break;
            case NotificationReportKind.NothingFails:
                Rest(report.Channel);
                break;
            case NotificationReportKind.Refused or NotificationReportKind.GivenUp:
                RunLog.NotificationLost(log, report.Channel, report.ThreadId, report.Event, report.Attempts, report.Problem);
                Lose(report);
                break;
            case NotificationReportKind.NotSent:
                break; // As it is to be: rx-alerting notify list has the reason.
            default:
                Fail(report);
                break;
        }
    }

    private void Fail(NotificationReport report)
    {
        health.Doubt(KeyOf(report.Channel), $"{report.Channel} cannot be told: {report.Problem}");
        if (failures.IsDue(report.Channel))
            RunLog.NotificationFails(log, report.Channel, report.Attempts, report.Problem);
    }

    private void Lose(NotificationReport report)
    {
        var loss = losses.GetValueOrDefault(report.Channel);
        losses[report.Channel] = loss = new(loss?.Notifications + 1 ?? 1, clock.GetTimestamp());
        health.Doubt(
            LossKeyOf(report.Channel),
            $"{report.Channel} was not told {loss.Notifications} notifications (rx-alerting notify list --not-sent), "
            + $"the latest of incident {report.ThreadId}: {report.Problem}");
    }

    private void Recover(string channel)
    {
        health.Doubt(KeyOf(channel), null);
        if (losses.TryGetValue(channel, out var loss) && clock.GetElapsedTime(loss.At) > Memory && losses.Remove(channel))
            health.Doubt(LossKeyOf(channel), null);
        if (failures.End(channel) is { } lasted)
            RunLog.NotificationsGoOn(log, channel, (long)lasted.TotalMilliseconds);
    }

    /// <summary>What has failed need not be told any more, so nobody need wait for it.</summary>
    private void Rest(string channel)
    {
        health.Doubt(KeyOf(channel), null);
        if (failures.End(channel) is { } lasted)
            RunLog.NothingFails(log, channel, (long)lasted.TotalMilliseconds);
    }

    private static string KeyOf(string channel) => $"notifications of {channel}";

    private static string LossKeyOf(string channel) => $"lost notifications of {channel}";

    private sealed record Loss(long Notifications, long At);
}
