using System.Diagnostics.Metrics;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Rx.Alerting.Connectors.Otlp;

/// <summary>Collects metrics and spans, and exports them.</summary>
/// <remarks>
/// Gauges have a provider of their own, with the temporality “delta”. It means nothing for gauges. But otherwise a provider keeps every
/// series that there ever was, up to 2000 of an instrument: with the properties that come and go, new ones would find no place some day.
/// </remarks>
internal sealed class OtlpProviders : IDisposable
{
    /// <summary>The meter of .NET itself.</summary>
    private const string Runtime = "System.Runtime";

    private readonly List<(IDisposable Provider, Func<int, bool> Shutdown)> providers = [];
    private readonly OtlpOptions options;
    private readonly string source;
    private readonly string version;

    public OtlpProviders(OtlpOptions options, string source, string version)
    {
        (this.options, this.source, this.version) = (options, source, version);
        if (options.Metrics)
        {
            AddMetrics(ofGauges: false, MetricReaderTemporalityPreference.Cumulative);
            AddMetrics(ofGauges: true, MetricReaderTemporalityPreference.Delta);
        }

        if (options.Traces)
            AddTraces();
    }

    /// <summary>Exports what is left.</summary>
    public Task StopAsync(TimeSpan timeout) =>
        Task.WhenAll(providers.Select(one => Task.Run(() => one.Shutdown((int)timeout.TotalMilliseconds))));

    public void Dispose()
    {
        foreach (var (provider, _) in providers)
            provider.Dispose();
    }

    private void AddMetrics(bool ofGauges, MetricReaderTemporalityPreference temporality)
    {
        var exporter = new OtlpMetricExporter(OtlpTransport.Of(options, "metrics"));
        var (interval, timeout) = ((int)options.MetricsInterval.TotalMilliseconds, (int)options.Timeout.TotalMilliseconds);
        var provider = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(OtlpResource.Of(options, version))
            .AddMeter(source, Runtime)
            .AddView(instrument => IsGauge(instrument) == ofGauges ? null : MetricStreamConfiguration.Drop)
            .AddReader(new PeriodicExportingMetricReader(exporter, interval, timeout) { TemporalityPreference = temporality })
            .Build();
        providers.Add((provider, provider.Shutdown));
    }

    private void AddTraces()
    {
        var provider = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(OtlpResource.Of(options, version))
            .AddSource(source)
            .AddProcessor(new BatchActivityExportProcessor(new OtlpTraceExporter(OtlpTransport.Of(options, "traces"))))
            .Build();
        providers.Add((provider, provider.Shutdown));
    }

    private static bool IsGauge(Instrument instrument)
    {
        var kind = instrument.GetType().GetGenericTypeDefinition();
        return kind == typeof(ObservableGauge<>) || kind == typeof(Gauge<>);
    }
}
