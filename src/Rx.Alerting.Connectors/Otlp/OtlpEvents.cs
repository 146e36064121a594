using System.Diagnostics.Tracing;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Rx.Alerting.Connectors.Receivers;

namespace Rx.Alerting.Connectors.Otlp;

/// <summary>
/// Counts exports, and logs which fail. The exporter of OpenTelemetry throws nothing, and tells an event source alone. Thread-safe.
/// </summary>
/// <remarks>A failure is logged when it begins, and once a minute while it lasts. The end is logged once.</remarks>
/// <param name="address">The collector's host and port.</param>
/// <param name="mask">Takes the headers out of what the collector answers.</param>
/// <param name="clock">Times the messages.</param>
/// <param name="log">Gets them.</param>
internal sealed class OtlpEvents(string address, SecretMask mask, TimeProvider clock, ILogger log) : EventListener
{
    private const string Exporter = "OpenTelemetry-Exporter-OpenTelemetryProtocol";

    /// <summary>The event of an export that has ended well.</summary>
    private const int Succeeded = 21;

    private static readonly TimeSpan Reminder = TimeSpan.FromMinutes(1);

    /// <summary>Warnings that are no failed export: values of the configuration, attributes, hints for a retry.</summary>
    private static readonly int[] Remarks = [8, 9, 10, 11, 22, 24, 25];

    private readonly Lock gate = new();
    private readonly HashSet<string> failing = new(StringComparer.Ordinal);
    private long exports, failures;
    private (long Since, long Told)? outage;

    /// <summary>Exports that the collector has taken.</summary>
    public long Exports => Volatile.Read(ref exports);

    /// <summary>Exports that have failed.</summary>
    public long Failures => Volatile.Read(ref failures);

    /// <summary>Takes one event. Not private for tests only: the event source is one for the whole process.</summary>
    internal void Take(int id, EventLevel level, string? message, IReadOnlyList<string> names, IReadOnlyList<object?> values)
    {
        var endpoint = names.Zip(values).FirstOrDefault(pair => IsEndpoint(pair.First)).Second as string ?? string.Empty;
        if (id == Succeeded)
            Succeed(endpoint);
        else if (level > EventLevel.Warning || level == EventLevel.LogAlways)
            return;
        else if (Remarks.Contains(id))
            OtlpLog.Remark(log, mask.Shown(string.Format(CultureInfo.InvariantCulture, message ?? string.Empty, [.. values])));
        else
            Fail(endpoint, mask.Shown(string.Join(": ", names.Zip(values).Where(pair => !IsEndpoint(pair.First)).Select(Said))));
    }

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == Exporter)
            EnableEvents(eventSource, EventLevel.Informational);
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData) =>
        Take(eventData.EventId, eventData.Level, eventData.Message, eventData.PayloadNames ?? [], eventData.Payload ?? []);

    private static bool IsEndpoint(string name) => name is "endpoint" or "rawCollectorUri";

    /// <summary>The first line: what follows is a stack.</summary>
    private static string Said((string Name, object? Value) pair) => $"{pair.Value}".Split('\n', 2)[0].Trim();

    /// <summary>What is exported there: the last word of the address tells.</summary>
    private static string SignalOf(string endpoint) =>
        endpoint.Contains("metrics", StringComparison.OrdinalIgnoreCase) ? "metrics"
        : endpoint.Contains("trace", StringComparison.OrdinalIgnoreCase) ? "traces"
        : "an export";

    private void Succeed(string endpoint)
    {
        lock (gate)
        {
            exports++;
            if (!failing.Remove(endpoint) || failing.Count > 0 || outage is not { } over)
                return;
            outage = null;
            OtlpLog.ExportsGoOn(log, address, (long)clock.GetElapsedTime(over.Since).TotalMilliseconds);
        }
    }

    private void Fail(string endpoint, string problem)
    {
        lock (gate)
        {
            failures++;
            if (endpoint.Length > 0)
                failing.Add(endpoint);
            var now = clock.GetTimestamp();
            if (outage is { } known && clock.GetElapsedTime(known.Told, now) < Reminder)
                return;
            outage = (outage?.Since ?? now, now);
            OtlpLog.ExportFails(log, address, SignalOf(endpoint), failures, problem);
        }
    }
}
