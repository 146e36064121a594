using System.Runtime.InteropServices;
using Rx.Alerting.Connectors.Otlp;
using Rx.Alerting.Core.Effects;
using Rx.Alerting.Core.Notifications;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Service.Configuration;
using Rx.Alerting.Service.Run;
using Rx.Alerting.Service.Sources;

namespace Rx.Alerting.Service.Metrics;

/// <summary>All metrics of the service. docs/metrics.md lists them.</summary>
internal sealed class ServiceMetrics
{
    private readonly CheckpointMetrics checkpoints;
    private readonly ChannelMetrics channels;
    private readonly TimeProvider clock;

    public ServiceMetrics(
        Instruments instruments,
        Settings settings,
        WatchedStream stream,
        PipelineStatus status,
        PipelineHealth health,
        OtlpExport otlp,
        TimeProvider clock)
    {
        this.clock = clock;
        _ = new PipelineMetrics(instruments, status);
        SourceMetrics.Add(instruments, stream, status, clock);
        checkpoints = new(instruments, status);
        channels = new(instruments, settings);
        Properties = new(instruments, settings, status, clock);
        instruments.CounterOf("otlp_exports_total", "Exports that the OpenTelemetry collector has taken", () => otlp.Exports);
        instruments.CounterOf("otlp_export_failures_total", "Exports that have failed; what they had is lost", () => otlp.Failures);
        instruments.CounterOf(
            "otlp_rejected_items_total",
            "Spans and points of metrics that the collector has rejected in exports that it has taken",
            () => otlp.Rejected);
        instruments.CounterOf(
            "otlp_dropped_spans_total", "Spans that were dropped, as too many waited for their export", () => otlp.Dropped);
        instruments.Gauge("ready", "1 if /health/ready says ready", () => health.IsReady ? 1 : 0);
        instruments.Gauge(
            "build_info",
            "Always 1; its labels tell what runs",
            () => [Build(settings, stream)],
            "version", "revision", "framework", "source", "store");
    }

    /// <summary>Watches pipelines.</summary>
    public PropertyMetrics Properties { get; }

    public void Take(CheckpointEvent value) => checkpoints.Take(value, clock.GetUtcNow());

    public void Take(CourierEvent value) => channels.Take(value);

    public void Take(NotificationReport report) => channels.Take(report);

    /// <inheritdoc cref="CheckpointMetrics.LoseOwnership"/>
    public void LoseOwnership() => checkpoints.LoseOwnership();

    private static Sample Build(Settings settings, WatchedStream stream) => new(
        1,
        BuildVersion.Number,
        BuildVersion.Revision,
        RuntimeInformation.FrameworkDescription,
        stream.Kind,
        PipelineMetrics.SnakeCase(settings.Store.Kind));
}
