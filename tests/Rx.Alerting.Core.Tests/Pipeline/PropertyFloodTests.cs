using System.Globalization;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Testing;

namespace Rx.Alerting.Core.Tests.Pipeline;

/// <summary>A flood of 300,000 properties in a minute, with one view each, does not hide the incidents of other properties.</summary>
public sealed class PropertyFloodTests
{
    private const int GarbageASecond = 5000;
    private static readonly PipelineOptions Options = new() { EventTime = new() { MaximumOutOfOrderness = TimeSpan.FromSeconds(1) } };

    [Fact]
    public void Incidents_NewCustomerAndOldOneBreakInAFlood_AreFound()
    {
        using var pipeline = new DetectionPipeline(Options);
        var changes = new List<IncidentChange>();
        using var _ = pipeline.Changes.Subscribe(changes.Add);

        // An old customer is silent from before the flood on, and breaks after the flood.
        Push(pipeline, 0, 120, second => Views(second, "old", 20, failed: second % 20 == 0 ? 1 : 0));
        Push(
            pipeline, 120, 60, second => Garbage(second).Concat(Views(second, "new", 3, failed: second >= 150 && second % 2 == 0 ? 3 : 0)));
        Push(pipeline, 180, 30, second => Views(second, "old", 20, failed: 10));
        pipeline.OnCompleted();

        Assert.Contains(changes, change => change.Incident is { PropertyId: "new" } && change.Transition == IncidentTransition.Opened);
        Assert.Contains(
            changes, change => change.Incident is { PropertyId: "old", VideoId: null } && change.Transition == IncidentTransition.Opened);
        Assert.All(changes, change => Assert.True(change.Incident.PropertyId is "new" or "old"));
        var statistics = pipeline.Statistics;
        Assert.InRange(statistics.Properties, 9000, Options.Windows.MaximumProperties);
        Assert.Equal(300_002 - statistics.Properties, statistics.ForgottenProperties);
    }

    private static void Push(DetectionPipeline pipeline, int from, int seconds, Func<int, IEnumerable<TestView>> views)
    {
        for (var second = from; second < from + seconds; second++)
            pipeline.OnNext(TestBatches.Of("a", views(second)));
    }

    private static IEnumerable<TestView> Garbage(int second) =>
        Enumerable.Range(0, GarbageASecond).Select(
            i => new TestView(Time(second), string.Create(CultureInfo.InvariantCulture, $"{second}-{i}"), "t", i % 2 == 0 ? "x" : ""));

    private static IEnumerable<TestView> Views(int second, string property, int count, int failed) =>
        Enumerable.Range(0, count).Select(i => new TestView(Time(second), property, "t", i < failed ? "x" : ""));

    private static long Time(int second) => TestTraffic.Start + (second * 1000L);
}
