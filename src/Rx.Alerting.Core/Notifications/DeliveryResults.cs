namespace Rx.Alerting.Core.Notifications;

/// <summary>Notes what has become of deliveries.</summary>
internal sealed class DeliveryResults(NotificationTarget target, NotificationRules rules, NotificationOptions options, TimeProvider clock)
{
    private const string Twice = "this program has ended twice while it was sent, so it may have arrived twice already";

    /// <summary>Notes a result in its thread, and decides what comes next.</summary>
    /// <param name="part">The thread's part.</param>
    /// <param name="thread">Has the delivery under way.</param>
    /// <param name="notification">What was told. Null: it was not tried, because it may have arrived twice already.</param>
    /// <param name="result">What the receiver answers; null if there is no notification.</param>
    /// <param name="notBefore">When the receiver may be asked again.</param>
    public NotificationReport Note(
        NotificationPart part, NotificationThread thread, Notification? notification, NotifyResult? result, DateTimeOffset notBefore)
    {
        var (now, what, attempts) = (clock.GetUtcNow(), thread.Pending!.Value, thread.Attempts + 1);
        var latency = now - thread.PendingSince;
        switch (result)
        {
            case NotifyResult.Delivered delivered:
                thread.Reference = delivered.Reference ?? thread.Reference;
                thread.Keep(new(now, what, NotificationOutcome.Delivered, delivered.Remark, attempts, latency), options.MaximumRecords);
                rules.Told(thread, notification!, now);
                return Report(NotificationReportKind.Delivered, null);
            case NotifyResult.Later later when latency < options.Deadline:
                (thread.IsStale, thread.Attempts, thread.NotBefore) = (true, attempts, notBefore);
                (thread.IsUnderWay, thread.IsInDoubt) = (false, thread.IsInDoubt || later.IsInDoubt);
                rules.Decide(thread, now);
                return Report(NotificationReportKind.Failed, later.Problem);
            case NotifyResult.Refused refused:
                return GiveUp(NotificationOutcome.Refused, NotificationReportKind.Refused, refused.Problem);
            default:
                var problem = result is NotifyResult.Later { Problem: var last } ? last : Twice;
                return GiveUp(NotificationOutcome.GivenUp, NotificationReportKind.GivenUp, problem);
        }

        NotificationReport GiveUp(NotificationOutcome outcome, NotificationReportKind kind, string problem)
        {
            thread.Keep(new(now, what, outcome, problem, attempts, latency), options.MaximumRecords);
            NotificationRules.GiveUp(thread, what, now);
            rules.Decide(thread, now);
            return Report(kind, problem);
        }

        NotificationReport Report(NotificationReportKind kind, string? problem) =>
            new(target.Name, part.Pipeline, thread.Id, kind, what, problem, attempts, latency);
    }
}
