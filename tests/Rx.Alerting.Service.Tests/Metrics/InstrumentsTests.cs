using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Service.Metrics;
using Rx.Alerting.Service.Run;
using Rx.Alerting.Testing;

namespace Rx.Alerting.Service.Tests.Metrics;

public sealed class InstrumentsTests
{
    private const long Start = 1_780_000_000_000;

    /// <summary>The store has gone back. What is read again counts again, and nothing counts less.</summary>
    [Fact]
    public void Counters_PipelineBeginsAnew_AreNeverLowered()
    {
        using var instruments = new Instruments();
        var status = new PipelineStatus(TimeProvider.System, NullLogger<PipelineStatus>.Instance);
        _ = new PipelineMetrics(instruments, status);
        using var first = new DetectionPipeline(new());
        status.Begin("a", first);
        first.OnNext(TestBatches.Of("p", Views(100)));
        status.Settle("a", first);
        using var second = new DetectionPipeline(new());
        second.OnNext(TestBatches.Of("p", Views(300)));

        status.Begin("a", second);
        Assert.Equal(100, Total(instruments));
        second.OnNext(TestBatches.Of("p", Views(40)));
        status.Settle("a", second);

        Assert.Equal(140, Total(instruments));
        status.Forget("a");
        Assert.Equal(140, Total(instruments));

        static IEnumerable<TestView> Views(int number) => Enumerable.Range(0, number).Select(i => new TestView(Start + i, "shop"));

        static long Total(Instruments instruments)
        {
            var page = new Scrapes(instruments).RenderAsync(openMetrics: false, gzip: false).GetAwaiter().GetResult();
            const string Name = "rx_alerting_views_total ";
            var line = Encoding.UTF8.GetString(page).Split('\n').Single(line => line.StartsWith(Name, StringComparison.Ordinal));
            return long.Parse(line[Name.Length..], CultureInfo.InvariantCulture);
        }
    }

    /// <summary>0 would say that all is well.</summary>
    [Fact]
    public async Task Gauge_WithoutLabelsThatIsNotKnown_IsLeftOut()
    {
        using var instruments = new Instruments();
        List<Sample> known = [];
        instruments.Gauge("some_ratio", "Some", () => known);

        var before = await LinesAsync();
        known.Add(new(0.5));
        var meanwhile = await LinesAsync();
        known.Clear();
        var after = await LinesAsync();

        Assert.Equal((0, 1, 0), (before, meanwhile, after));

        async Task<int> LinesAsync() => Encoding.UTF8.GetString(await new Scrapes(instruments).RenderAsync(false, false))
            .Split('\n').Count(line => line.StartsWith("rx_alerting_some_ratio ", StringComparison.Ordinal));
    }

    /// <summary>dotnet-counters and exporters of OpenTelemetry listen to the meter.</summary>
    [Fact]
    public void Meter_Listener_SeesTheSameNamesAndValues()
    {
        using var instruments = new Instruments();
        using var listener = new MeterListener();
        var seen = new Dictionary<string, double>();
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument.Meter.Name == Instruments.MeterName)
                listening.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => seen[instrument.Name] = value);
        listener.Start();
        var counter = instruments.Counter("some_total", "Some", "kind");
        instruments.Gauge("some_seconds", "Some", () => [new Sample(2, "a"), new Sample(3, "b")], "kind");

        counter.Add(5, "a");
        listener.RecordObservableInstruments();

        Assert.Equal((5, 3), (seen["rx_alerting_some_total"], seen["rx_alerting_some_seconds"]));
    }
}
