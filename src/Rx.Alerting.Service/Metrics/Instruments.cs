using System.Diagnostics.Metrics;
using Prometheus;

namespace Rx.Alerting.Service.Metrics;

/// <summary>
/// Makes each instrument once for two readers: Prometheus, and listeners of the .NET meter <c>Rx.Alerting</c> such as the export by OTLP
/// and dotnet-counters. Both see one name: <c>rx_alerting_</c> and the name that is given here.
/// </summary>
internal sealed class Instruments : IDisposable
{
    public const string MeterName = "Rx.Alerting";
    private const string Prefix = "rx_alerting_";

    /// <summary>Units as OpenTelemetry writes them (UCUM), by the word that names have for them.</summary>
    private static readonly Dictionary<string, string> Units = new(StringComparer.Ordinal)
    {
        ["seconds"] = "s",
        ["bytes"] = "By",
        ["ratio"] = "1",
        ["records"] = "{record}",
    };

    private readonly Meter meter = new(MeterName);
    private readonly MetricFactory factory;

    public Instruments()
    {
        factory = Prometheus.Metrics.WithCustomRegistry(Registry);
        DotNetStats.Register(Registry);
        ProcessInstruments.AddTo(meter);
    }

    /// <summary>What Prometheus scrapes: our instruments, and those of the process and of .NET.</summary>
    public CollectorRegistry Registry { get; } = Prometheus.Metrics.NewCustomRegistry();

    /// <summary>A counter that is added to. Without labels, it is there from the beginning.</summary>
    public CounterInstrument Counter(string name, string help, params string[] labels)
    {
        var counter = meter.CreateCounter<double>(Prefix + name, UnitOf(name), help);
        if (labels.Length == 0)
            counter.Add(0);
        return new(factory.CreateCounter(Prefix + name, help, labels), counter, labels);
    }

    /// <summary>A histogram. Buckets are upper bounds, in ascending order and in the unit of the name.</summary>
    public HistogramInstrument Histogram(string name, string help, double[] buckets, params string[] labels)
    {
        var advice = new InstrumentAdvice<double> { HistogramBucketBoundaries = buckets };
        return new(
            factory.CreateHistogram(Prefix + name, help, labels, new HistogramConfiguration { Buckets = buckets }),
            meter.CreateHistogram(Prefix + name, UnitOf(name), help, null, advice),
            labels);
    }

    /// <summary>A gauge that is read at each scrape, on any thread. A series that is not given any more goes.</summary>
    public void Gauge(string name, string help, Func<IEnumerable<Sample>> read, params string[] labels)
    {
        var gauge = factory.CreateGauge(Prefix + name, help, labels, new() { SuppressInitialValue = true });
        Registry.AddBeforeCollectCallback(() =>
        {
            var samples = read().ToList();
            var gone = labels.Length == 0 ? [] : gauge.GetAllLabelValues().Except(samples.Select(sample => sample.Labels), SameLabels);
            foreach (var series in gone.ToList())
                gauge.RemoveLabelled(series);
            if (labels.Length == 0 && samples.Count == 0)
                gauge.Unpublish();
            foreach (var sample in samples)
                gauge.WithLabels(sample.Labels).Set(sample.Value);
        });
        meter.CreateObservableGauge(Prefix + name, () => Measure(read, labels), UnitOf(name), help);
    }

    /// <summary>A gauge with one series.</summary>
    public void Gauge(string name, string help, Func<double> read) => Gauge(name, help, () => [new Sample(read())]);

    /// <summary>A counter that somebody else counts, asked for at each scrape. It never goes back.</summary>
    public void CounterOf(string name, string help, Func<double> read)
    {
        var counter = factory.CreateCounter(Prefix + name, help);
        Registry.AddBeforeCollectCallback(() => counter.IncTo(read()));
        meter.CreateObservableCounter(Prefix + name, read, UnitOf(name), help);
    }

    public void Dispose() => meter.Dispose();

    internal static KeyValuePair<string, object?>[] Tags(string[] names, string[] values) =>
        [.. names.Zip(values, (name, value) => KeyValuePair.Create(name, (object?)value))];

    private static IEnumerable<Measurement<double>> Measure(Func<IEnumerable<Sample>> read, string[] labels) =>
        read().Select(sample => new Measurement<double>(sample.Value, Tags(labels, sample.Labels)));

    private static string? UnitOf(string name) => name.Split('_').Select(Units.GetValueOrDefault).LastOrDefault(unit => unit is not null);

    private static IEqualityComparer<string[]> SameLabels { get; } = EqualityComparer<string[]>.Create(
        (one, other) => one.AsSpan().SequenceEqual(other),
        labels => labels.Aggregate(0, HashCode.Combine));
}
