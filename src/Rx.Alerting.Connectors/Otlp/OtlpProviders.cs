using System.Diagnostics.Metrics;
using OpenTelemetry;
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

    private const string Metrics = "metrics", Traces = "traces";

    private readonly List<Exporting> all = [];
    private readonly OtlpOptions options;
    private readonly OtlpTally tally;
    private readonly string source;
    private readonly string version;

    public OtlpProviders(OtlpOptions options, string source, string version, OtlpTally tally)
    {
        (this.options, this.source, this.version, this.tally) = (options, source, version, tally);
        if (options.Metrics)
        {
            AddMetrics(ofGauges: false, MetricReaderTemporalityPreference.Cumulative);
            AddMetrics(ofGauges: true, MetricReaderTemporalityPreference.Delta);
        }

        if (options.Traces)
            AddTraces();
    }

    /// <summary>Exports what is left.</summary>
    /// <returns>What the collector has not taken until then, for people.</returns>
    public async Task<IReadOnlyList<string>> StopAsync(TimeSpan timeout, TimeProvider clock)
    {
        all.ForEach(one => one.Progress.ForgetLost());
        var ends = all.ConvertAll(one => (one.Signal, one.Progress, End: Task.Run(() => one.Shutdown((int)timeout.TotalMilliseconds))));
        Task allEnds = Task.WhenAll(ends.Select(one => one.End));
        await allEnds.WaitAsync(timeout, clock).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var spans = ends.Where(one => one.Signal == Traces).Sum(one => one.Progress.NotTaken);
        var areMetricsTaken = ends.Where(one => one.Signal == Metrics).All(
            one => one.End is { IsCompletedSuccessfully: true, Result: true } && one.Progress.IsTaken);
        return [.. areMetricsTaken ? (string[])[] : ["the latest metrics"], .. spans == 0 ? (string[])[] : [$"{spans} spans"]];
    }

    public void Dispose() => all.ForEach(one => one.Provider.Dispose());

    private void AddMetrics(bool ofGauges, MetricReaderTemporalityPreference temporality)
    {
        var progress = new OtlpProgress(Metrics, tally);
        var exporter = new OtlpMeterExporter(OtlpTransport.Of(options, Metrics, tally), progress);
        var (interval, timeout) = ((int)options.MetricsInterval.TotalMilliseconds, (int)options.Timeout.TotalMilliseconds);
        var provider = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(OtlpResource.Of(options, version))
            .AddMeter(source, Runtime)
            .AddView(instrument => IsGauge(instrument) == ofGauges ? null : MetricStreamConfiguration.Drop)
            .AddReader(new PeriodicExportingMetricReader(exporter, interval, timeout) { TemporalityPreference = temporality })
            .Build();
        all.Add(new(Metrics, progress, provider, provider.Shutdown));
    }

    private void AddTraces()
    {
        var progress = new OtlpProgress(Traces, tally);
        var exporter = new OtlpSpanExporter(OtlpTransport.Of(options, Traces, tally), progress);
        var provider = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(OtlpResource.Of(options, version))
            .AddSource(source)
            .AddProcessor(new OtlpSpanQueue(exporter, progress, tally))
            .Build();
        all.Add(new(Traces, progress, provider, provider.Shutdown));
    }

    private static bool IsGauge(Instrument instrument)
    {
        var kind = instrument.GetType().GetGenericTypeDefinition();
        return kind == typeof(ObservableGauge<>) || kind == typeof(Gauge<>);
    }

    private sealed record Exporting(string Signal, OtlpProgress Progress, IDisposable Provider, Func<int, bool> Shutdown);
}
