using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;

namespace Rx.Alerting.Connectors.Otlp;

/// <summary>Exports spans, and says how each export ends.</summary>
internal sealed class OtlpSpanExporter(OtlpExporterOptions options, OtlpProgress progress) : OtlpTraceExporter(options)
{
    public override ExportResult Export(in Batch<Activity> activityBatch)
    {
        var (spans, isTaken) = (activityBatch.Count, false);
        progress.Begin();
        try
        {
            var result = base.Export(activityBatch);
            isTaken = result == ExportResult.Success;
            return result;
        }
        finally
        {
            progress.End(isTaken, spans);
        }
    }
}

/// <summary>Exports metrics, and says how each export ends.</summary>
internal sealed class OtlpMeterExporter(OtlpExporterOptions options, OtlpProgress progress) : OtlpMetricExporter(options)
{
    public override ExportResult Export(in Batch<Metric> metrics)
    {
        var isTaken = false;
        progress.Begin();
        try
        {
            var result = base.Export(metrics);
            isTaken = result == ExportResult.Success;
            return result;
        }
        finally
        {
            progress.End(isTaken, 0);
        }
    }
}
