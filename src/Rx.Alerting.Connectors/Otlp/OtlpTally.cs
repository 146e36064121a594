using Microsoft.Extensions.Logging;
using Rx.Alerting.Connectors.Receivers;

namespace Rx.Alerting.Connectors.Otlp;

/// <summary>Counts what the collector has taken and what was lost, and logs it. Thread-safe.</summary>
/// <remarks>
/// Each kind of message comes once a minute for each signal, whatever succeeds in between. The end of an outage is told if its beginning
/// was.
/// </remarks>
/// <param name="address">The collector's host and port.</param>
/// <param name="mask">Takes the headers out of what the collector answers.</param>
/// <param name="clock">Times the messages.</param>
/// <param name="log">Gets them.</param>
internal sealed class OtlpTally(string address, SecretMask mask, TimeProvider clock, ILogger log)
{
    /// <summary>Different remarks that are told. Each is told once.</summary>
    private const int MaximumRemarks = 100;

    private static readonly TimeSpan Reminder = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private readonly Dictionary<string, Outage> outages = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> told = new(StringComparer.Ordinal);
    private readonly HashSet<string> remarks = new(StringComparer.Ordinal);
    private long exports, failures, dropped, rejected;

    /// <summary>Exports that the collector has taken, perhaps without some <see cref="Rejected"/> items.</summary>
    public long Exports => Volatile.Read(ref exports);

    /// <summary>Exports that have failed.</summary>
    public long Failures => Volatile.Read(ref failures);

    /// <summary>Spans that no export has had, as too many were waiting.</summary>
    public long Dropped => Volatile.Read(ref dropped);

    /// <summary>Spans and points of metrics that the collector has rejected in exports that it has taken.</summary>
    public long Rejected => Volatile.Read(ref rejected);

    /// <param name="signal">metrics or traces.</param>
    /// <param name="exporter">Identifies the exporter. A signal may have several.</param>
    public void Succeed(string signal, object exporter)
    {
        lock (gate)
        {
            exports++;
            if (outages.GetValueOrDefault(signal) is not { } outage || !outage.Failing.Remove(exporter) || outage.Failing.Count > 0)
                return;
            outages.Remove(signal);
            if (outage.IsTold)
                OtlpLog.ExportsGoOn(log, address, signal, (long)clock.GetElapsedTime(outage.Since).TotalMilliseconds);
        }
    }

    /// <param name="signal">metrics or traces.</param>
    /// <param name="exporter">Identifies the exporter. A signal may have several.</param>
    /// <param name="problem">Why the export has failed, without secrets.</param>
    public void Fail(string signal, object exporter, string problem)
    {
        lock (gate)
        {
            failures++;
            if (!outages.TryGetValue(signal, out var outage))
                outages[signal] = outage = new(clock.GetTimestamp());
            outage.Failing.Add(exporter);
            if (!IsDue($"fails: {signal}"))
                return;
            outage.IsTold = true;
            OtlpLog.ExportFails(log, address, signal, failures, problem);
        }
    }

    /// <summary>Spans were not taken into the queue.</summary>
    public void Drop(long spans)
    {
        lock (gate)
        {
            dropped += spans;
            if (IsDue("drops"))
                OtlpLog.SpansDropped(log, address, OtlpSpanQueue.MaximumSpans, dropped);
        }
    }

    /// <summary>The collector has answered that it took an export.</summary>
    public void Take(string signal, OtlpPartialSuccess answer)
    {
        if (answer.Rejected <= 0)
        {
            if (answer.Message.Length > 0)
                Remark($"{address} takes {signal}, and says: {mask.Shown(answer.Message)}");
            return;
        }

        lock (gate)
        {
            rejected += answer.Rejected;
            if (IsDue($"rejects: {signal}"))
                OtlpLog.ItemsRejected(log, address, answer.Rejected, signal, rejected, mask.Shown(answer.Message));
        }
    }

    /// <summary>Says what OpenTelemetry has to say besides exports.</summary>
    /// <param name="remark">Without secrets.</param>
    public void Remark(string remark)
    {
        lock (gate)
        {
            if (remarks.Count < MaximumRemarks && remarks.Add(remark))
                OtlpLog.Remark(log, remark);
        }
    }

    private bool IsDue(string message)
    {
        var now = clock.GetTimestamp();
        if (told.TryGetValue(message, out var last) && clock.GetElapsedTime(last, now) < Reminder)
            return false;
        told[message] = now;
        return true;
    }

    private sealed class Outage(long since)
    {
        public long Since => since;

        public HashSet<object> Failing { get; } = [];

        public bool IsTold { get; set; }
    }
}
