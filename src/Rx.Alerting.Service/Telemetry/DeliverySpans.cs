using System.Diagnostics;
using Rx.Alerting.Core.Effects;
using Rx.Alerting.Core.Notifications;
using Rx.Alerting.Service.Metrics;

namespace Rx.Alerting.Service.Telemetry;

/// <summary>
/// A span for each attempt to give a channel what is committed, and for each attempt to notify a receiver. Both are linked to the commit
/// that has the change.
/// </summary>
internal sealed class DeliverySpans(SpanSource spans, CommitTrail trail, TimeProvider clock)
{
    private const string Deliver = "deliver", Notify = "notify", Failed = "failed";

    public void Take(CourierEvent value)
    {
        if (!spans.HasListeners || value.Kind is not (CourierEventKind.Delivered or CourierEventKind.Failed))
            return;
        var now = clock.GetUtcNow();
        var isDelivered = value.Kind == CourierEventKind.Delivered;
        var sequence = value.Cursor.Acknowledged + (isDelivered ? 0 : 1);
        _ = spans.Write(new($"{Deliver} {value.Channel}", now - value.Duration, now)
        {
            Kind = ActivityKind.Producer,
            Cause = trail.OfEffect(value.Pipeline, sequence),
            Tags =
            [
                SpanAttributes.MessagingSystem.With(SpanAttributes.System),
                SpanAttributes.MessagingOperation.With(Deliver),
                SpanAttributes.MessagingOperationType.With("send"),
                SpanAttributes.MessagingDestination.With(value.Channel),
                SpanAttributes.MessagingBatch.With(value.Effects),
                SpanAttributes.Pipeline.With(value.Pipeline),
                SpanAttributes.Outcome.With(isDelivered ? "delivered" : Failed),
            ],
            Error = isDelivered ? null : SpanAttributes.ErrorOf(value.Problem),
        });
    }

    public void Take(NotificationReport report)
    {
        if (!spans.HasListeners || report.Duration <= TimeSpan.Zero) // Else nothing was tried.
            return;
        var now = clock.GetUtcNow();
        var outcome = PipelineMetrics.SnakeCase(report.Kind);
        _ = spans.Write(new($"{Notify} {report.Channel}", now - report.Duration, now)
        {
            Kind = ActivityKind.Client,
            Cause = trail.OfIncident(report.ThreadId, isEnd: report.Event is NotificationEvent.Closed or NotificationEvent.Expired),
            Tags =
            [
                SpanAttributes.Channel.With(report.Channel),
                SpanAttributes.Pipeline.With(report.Pipeline),
                SpanAttributes.Incident.With(report.ThreadId),
                SpanAttributes.NotificationEvent.With(report.Event is { } what ? PipelineMetrics.SnakeCase(what) : null),
                SpanAttributes.NotificationLatency.With(report.Latency.TotalSeconds),
                SpanAttributes.Attempts.With(report.Attempts),
                SpanAttributes.Outcome.With(outcome),
            ],
            Error = report.Kind == NotificationReportKind.Delivered ? null : new(outcome, report.Problem),
        });
    }
}
