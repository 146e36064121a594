using System.Diagnostics.Tracing;
using System.Globalization;
using Rx.Alerting.Connectors.Receivers;

namespace Rx.Alerting.Connectors.Otlp;

/// <summary>
/// Hears what OpenTelemetry throws nowhere, and tells event sources alone: why an export fails, what is passed over. Thread-safe.
/// </summary>
/// <remarks>
/// Event sources are those of the whole process. An exporter tells on the thread of its export, so a failure finds its export there.
/// </remarks>
/// <param name="tally">Gets what is no failed export.</param>
/// <param name="mask">Takes the headers out of what the collector answers.</param>
internal sealed class OtlpEvents(OtlpTally tally, SecretMask mask) : EventListener
{
    private const string Exporter = "OpenTelemetry-Exporter-OpenTelemetryProtocol";
    private const string Sdk = "OpenTelemetry-Sdk";

    /// <summary>The event of the SDK by which a queue tells at its end how many items it has dropped.</summary>
    private const int ItemsDropped = 32;

    /// <summary>The event of the SDK by which it tells of each instrument that nobody asked for.</summary>
    private const string InstrumentIgnored = "MetricInstrumentIgnored";

    /// <summary>Warnings of the exporter that are no failed export: values of the configuration, attributes, hints for a retry.</summary>
    private static readonly int[] Remarks = [8, 9, 10, 11, 22, 24, 25];

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name is Exporter or Sdk)
            EnableEvents(eventSource, EventLevel.Warning);
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        var values = eventData.Payload ?? [];
        if (eventData.Level is EventLevel.LogAlways or > EventLevel.Warning || eventData.EventName == InstrumentIgnored)
            return;
        var isExporter = eventData.EventSource.Name == Exporter;
        if (!isExporter && eventData.EventId == ItemsDropped)
            tally.Drop(values.OfType<long>().FirstOrDefault());
        else if (!isExporter || Remarks.Contains(eventData.EventId) || !OtlpProgress.TryExplain(Problem(eventData, values)))
            tally.Remark(Message(eventData, values));
    }

    private string Message(EventWrittenEventArgs told, IEnumerable<object?> values) =>
        mask.Shown(string.Format(CultureInfo.InvariantCulture, told.Message ?? string.Empty, [.. values.Select(Said)]));

    private string Problem(EventWrittenEventArgs told, IEnumerable<object?> values) => mask.Shown(
        string.Join(": ", (told.PayloadNames ?? []).Zip(values).Where(pair => !IsEndpoint(pair.First)).Select(pair => Said(pair.Second))));

    private static bool IsEndpoint(string name) => name is "endpoint" or "rawCollectorUri";

    /// <summary>The first line: what follows is a stack.</summary>
    private static string Said(object? value) => $"{value}".Split('\n', 2)[0].Trim();
}
