using Rx.Alerting.Connectors.Charts;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Testing.Incidents;

namespace Rx.Alerting.Connectors.Tests.Charts;

public sealed class SparklineTests
{
    [Theory]
    [InlineData(new[] { 0, 10, 40, 80, 70 }, "▁▂▅█▇", 0.8)]
    [InlineData(new[] { 0, 0, 0 }, "▁▁▁", 0)]
    [InlineData(new[] { 100, 100, 100 }, "███", 1)]
    public void Of_Course_IsAsHighAsTheRates(int[] percents, string blocks, double highest) =>
        Assert.Equal((blocks, highest), Sparkline.Of(Course([.. percents.Select((percent, i) => (i, percent))])));

    [Fact]
    public void Of_TwoPoints_IsNone() => Assert.Null(Sparkline.Of(Course((0, 10), (1, 20))));

    /// <summary>Blocks are spans of time. In a span without a point the rate is as it was before.</summary>
    [Fact]
    public void Of_PointsWithAGap_KeepTheTime() =>
        Assert.Equal("▁▁█", Sparkline.Of(Course((0, 0), (1, 0), (90, 50)))!.Value.Blocks);

    [Fact]
    public void Of_ManyPoints_HasTwentyFourBlocksAndKeepsPeaks()
    {
        var blocks = Sparkline.Of(Course([.. Enumerable.Range(0, 10_000).Select(i => (i, i == 5_000 ? 90 : 0))]))!.Value.Blocks;
        Assert.Equal((24, 12), (blocks.Length, blocks.IndexOf('█')));
    }

    private static Incident Course(params (int Minute, int Percent)[] points) => IncidentSamples.Sample("a") with
    {
        Timeline = [.. points.Select(point => new TimelinePoint(IncidentSamples.Start.AddMinutes(point.Minute), 100, point.Percent))],
    };
}
