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
    /// <summary>What the last export has, when the process ends.</summary>
    public static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(1.5);

    private readonly OtlpEvents? events;
    private readonly OtlpProviders? providers;
    private readonly TimeProvider clock;

    /// <param name="options">Valid.</param>
    /// <param name="source">The name of the meter, and of the source of spans.</param>
    /// <param name="version">The version of the program.</param>
    /// <param name="clock">Times what is logged, and the last export.</param>
    /// <param name="log">Gets failures.</param>
    public OtlpExport(OtlpOptions options, string source, string version, TimeProvider clock, ILogger log)
    {
        this.clock = clock;
        if (!options.IsOn())
            return;
        Address = new Uri(options.Endpoint).Authority;
        var secrets = options.Headers.SelectMany(header => SecretMask.OfHeader(HttpHeader.Parse(header)!.Value.Value));
        events = new(Address, new(secrets), clock, log);
        providers = new(options, source, version);
    }

    /// <summary>The collector's host and port. Null: nothing is exported.</summary>
    public string? Address { get; }

    /// <summary>Exports that the collector has taken.</summary>
    public long Exports => events?.Exports ?? 0;

    /// <summary>Exports that have failed.</summary>
    public long Failures => events?.Failures ?? 0;

    /// <summary>Exports what is left. Ends after <see cref="StopTimeout"/> at the latest.</summary>
    public async Task StopAsync()
    {
        if (providers is null)
            return;
        await providers.StopAsync(StopTimeout).WaitAsync(StopTimeout, clock).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose()
    {
        providers?.Dispose();
        events?.Dispose();
    }
}
