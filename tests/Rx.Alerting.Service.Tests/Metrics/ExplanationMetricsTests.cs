using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Service.Metrics;
using Rx.Alerting.Service.Run;
using Rx.Alerting.Testing;

namespace Rx.Alerting.Service.Tests.Metrics;

/// <summary>What a scrape says of the explanations of incidents.</summary>
public sealed class ExplanationMetricsTests
{
    private static readonly long Start = new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    /// <summary>Two properties. From some view on, one fails for one CDN, the other for all views.</summary>
    private static IEnumerable<TestView> Traffic()
    {
        var random = new SplitMix(3);
        for (var i = 0; i < 26_000; i++)
        {
            string[] cdns = ["fastly", "akamai", "lumen"];
            var (property, cdn, isInside) = (i % 2 == 0 ? "one" : "all", cdns[random.Next(3)], i > 24_000);
            var rate = !isInside ? 0.005 : property == "all" ? 0.4 : cdn == "akamai" ? 0.7 : 0.005;
            var type = random.NextDouble() < rate ? "network" : "";
            yield return new(Start + (i * 350L), property, "", type, "", $"cdn={cdn} country=c{random.Next(5)}");
        }
    }

    [Fact]
    public async Task Page_WithOpenIncidents_SaysWhatExplainsThem()
    {
        using var instruments = new Instruments();
        var status = new PipelineStatus(new FakeTimeProvider(), NullLogger<PipelineStatus>.Instance);
        _ = new PipelineMetrics(instruments, status);
        using var pipeline = new DetectionPipeline(new PipelineOptions(), tracksChanges: true);
        status.Begin("one", pipeline);
        foreach (var views in Traffic().Chunk(1000))
            pipeline.OnNext(TestBatches.Of("p", views));
        status.Settle("one", pipeline);

        var page = Encoding.UTF8.GetString(await new Scrapes(instruments).RenderAsync(false, false));

        Assert.Equal(2, pipeline.Statistics.OpenIncidents);
        Assert.Equal(1, Value(page, "incidents_explained{explained_by=\"cause\"}"));
        Assert.Equal(1, Value(page, "incidents_explained{explained_by=\"none\"}"));
        Assert.Equal(0, Value(page, "incidents_explained{explained_by=\"one_of\"}"));
        Assert.Equal(0, Value(page, "incidents_explained{explained_by=\"unknown\"}"));
        Assert.InRange(Value(page, "explanation_rankings_total{explained_by=\"cause\"}"), 1, 100);
        Assert.InRange(Value(page, "explanation_rankings_total{explained_by=\"none\"}"), 1, 100);
        Assert.InRange(Value(page, "explanation_ranking_seconds_total"), 1e-6, 60);
        Assert.Equal(2, Value(page, "circumstance_properties"));
        Assert.InRange(Value(page, "circumstance_bytes"), 10_000, 128 << 10);
        Assert.Equal(0, Value(page, "circumstance_properties_evicted_total"));
    }

    private static double Value(string page, string series) => double.Parse(
        page.Split('\n').Single(line => line.StartsWith($"rx_alerting_{series} ", StringComparison.Ordinal)).Split(' ')[^1],
        System.Globalization.CultureInfo.InvariantCulture);
}
