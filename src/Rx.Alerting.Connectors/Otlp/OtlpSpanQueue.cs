using System.Diagnostics;
using OpenTelemetry;

namespace Rx.Alerting.Connectors.Otlp;

/// <summary>Spans that wait for their export. Those beyond <see cref="MaximumSpans"/> are dropped, and counted at once.</summary>
/// <remarks>The queue of OpenTelemetry has the same bound, and would tell only at the end of the process what it has dropped.</remarks>
internal sealed class OtlpSpanQueue(OtlpSpanExporter exporter, OtlpProgress progress, OtlpTally tally)
    : BatchActivityExportProcessor(exporter, MaximumSpans)
{
    /// <summary>Spans that wait or are being exported.</summary>
    public const int MaximumSpans = 2048;

    public override void OnEnd(Activity data)
    {
        if (!data.Recorded || progress.TryEnter(MaximumSpans))
            base.OnEnd(data);
        else
            tally.Drop(1);
    }
}
