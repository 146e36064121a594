using Rx.Alerting.Service.Control;
using Rx.Alerting.Service.Metrics;

namespace Rx.Alerting.Service.Telemetry;

/// <summary>
/// A span for each command, from its arrival to its answer. A command that was refused is no error of the service; one of which nobody
/// knows whether it took effect is.
/// </summary>
internal sealed class CommandSpans(SpanSource spans, TimeProvider clock)
{
    public void Take(ControlReply reply, TimeSpan took)
    {
        if (!spans.HasListeners)
            return;
        var now = clock.GetUtcNow();
        var outcome = PipelineMetrics.SnakeCase(reply.Status);
        _ = spans.Write(new($"command {reply.Type}", now - took, now)
        {
            Tags =
            [
                SpanAttributes.CommandType.With(reply.Type),
                SpanAttributes.CommandId.With(reply.CommandId),
                SpanAttributes.CommandPipelines.With(reply.Pipelines.Count),
                SpanAttributes.Outcome.With(outcome),
            ],
            Error = reply.Status == ReplyStatus.Unconfirmed ? new(outcome, reply.Reason) : null,
        });
    }
}
