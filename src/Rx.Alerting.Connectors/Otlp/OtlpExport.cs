using Microsoft.Extensions.Logging;
using Rx.Alerting.Connectors.Http;
using Rx.Alerting.Connectors.Receivers;

namespace Rx.Alerting.Connectors.Otlp;

/// <summary>
/// Exports the metrics and spans of this process to an OpenTelemetry collector, on threads of its own: whatever the collector does, nobody
/// waits for it. Does nothing, and loads nothing of OpenTelemetry, unless the options say where to.
/// </summary>
/// <remarks>Instruments that were added to before count from here on only, so this is made before them.</remarks>
public sealed class OtlpExport : IDisposable
{
    private readonly OtlpTally? tally;
    private readonly OtlpEvents? events;
    private readonly OtlpProviders? providers;
    private readonly TimeProvider clock;
    private readonly ILogger log;

    /// <param name="options">Valid.</param>
    /// <param name="source">The name of the meter, and of the source of spans.</param>
    /// <param name="version">The version of the program.</param>
    /// <param name="clock">Times what is logged, and the last export.</param>
    /// <param name="log">Gets failures.</param>
    public OtlpExport(OtlpOptions options, string source, string version, TimeProvider clock, ILogger log)
    {
        (this.clock, this.log) = (clock, log);
        if (!options.IsOn())
            return;
        var endpoint = new Uri(options.Endpoint);
        if (OtlpVariables.IsDisabled())
        {
            OtlpLog.Disabled(log, endpoint.Authority);
            return;
        }

        Address = endpoint.Authority;
        var mask = new SecretMask(options.Headers.SelectMany(header => SecretMask.OfHeader(HttpHeader.Parse(header)!.Value.Value)));
        tally = new(Address, mask, clock, log);
        events = new(tally, mask);
        if (OtlpVariables.Withdraw() is { Count: > 0 } without)
            OtlpLog.WithoutEffect(log, string.Join(", ", without));
        foreach (var remark in OtlpVariables.Remarks())
            tally.Remark(remark);
        if (OtlpHeaders.FindOpen(options.Headers, endpoint) is { } header)
            OtlpLog.HeaderIsOpen(log, header, Address);
        Signals = options.SignalNames();
        providers = new(options, source, version, tally);
    }

    /// <summary>What the last export has, when the process ends.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(1.5);

    /// <summary>The collector's host and port. Null: nothing is exported.</summary>
    public string? Address { get; }

    /// <summary>What is exported, as the beginning of a sentence. Empty: nothing.</summary>
    public string Signals { get; } = string.Empty;

    /// <summary>Exports that the collector has taken, perhaps without some <see cref="Rejected"/> items.</summary>
    public long Exports => tally?.Exports ?? 0;

    /// <summary>Exports that have failed.</summary>
    public long Failures => tally?.Failures ?? 0;

    /// <summary>Spans that were dropped, as too many waited for their export.</summary>
    public long Dropped => tally?.Dropped ?? 0;

    /// <summary>Spans and points of metrics that the collector has rejected in exports that it has taken.</summary>
    public long Rejected => tally?.Rejected ?? 0;

    /// <summary>
    /// Exports what is left, and logs what the collector does not take. Ends after <see cref="StopTimeout"/> at the latest.
    /// </summary>
    public async Task StopAsync()
    {
        if (providers is null || await providers.StopAsync(StopTimeout, clock).ConfigureAwait(false) is not { Count: > 0 } lost)
            return;
        OtlpLog.LastExportLost(log, Address!, string.Join(" and ", lost));
    }

    public void Dispose()
    {
        providers?.Dispose();
        events?.Dispose();
    }
}
