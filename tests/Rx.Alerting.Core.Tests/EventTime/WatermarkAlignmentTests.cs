using Rx.Alerting.Core.EventTime;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Core.Views;
using Rx.Alerting.Testing;

namespace Rx.Alerting.Core.Tests.EventTime;

/// <summary>The bound is 0, so a watermark is one millisecond behind the newest view. The maximum drift is one minute.</summary>
public sealed class WatermarkAlignmentTests
{
    private readonly WatermarkState state;
    private readonly WatermarkAlignment alignment;

    public WatermarkAlignmentTests()
    {
        state = New();
        alignment = new(state);
    }

    [Fact]
    public void IsOpen_AheadByTheDrift_IsOpen_ByOneMillisecondMore_IsNot()
    {
        Take("a", 1_000);
        Take("b", 61_000);
        Assert.True(alignment.IsOpen("b"));
        Take("b", 61_001);
        Assert.False(alignment.IsOpen("b"));
        Assert.True(alignment.IsOpen("a"));
    }

    [Fact]
    public void IsOpen_TheOthersHaveComeNearer_IsOpenAgain()
    {
        Take("a", 1_000);
        Take("b", 100_000);
        Assert.False(alignment.IsOpen("b"));
        Take("a", 50_000);
        Assert.True(alignment.IsOpen("b"));
    }

    [Fact]
    public void IsOpen_AnotherHasHadNoViewYet_MeasuresFromTheFirstWatermark()
    {
        Take("silent");
        Take("a", 1_000);
        Assert.True(alignment.IsOpen("a"));
        Take("a", 100_000);
        Assert.False(alignment.IsOpen("a"));
    }

    [Fact]
    public void IsOpen_TheOthersAreIdleOrFinished_IsOpen()
    {
        Take("a", 1_000);
        Take("b", 500_000);
        Take("a", PartitionStatus.Idle);
        Assert.True(alignment.IsOpen("b"));

        Take("c", 500_000);
        Take("b", 900_000);
        Assert.False(alignment.IsOpen("b"));
        Take("c", PartitionStatus.Finished);
        Assert.True(alignment.IsOpen("b"));
    }

    [Fact]
    public void IsOpen_UnknownPartition_IsOpen() => Assert.True(alignment.IsOpen("new"));

    [Theory]
    [InlineData("a", "silent")]
    [InlineData("silent", "a")]
    public void IsOpen_RestoredTimeAndAgainBesideASilentPartition_MeasuresFromWhereItDid(params string[] announced)
    {
        var options = new PipelineOptions
        {
            EventTime = new EventTimeOptions { MaximumOutOfOrderness = TimeSpan.FromSeconds(30), MaximumDrift = TimeSpan.FromMinutes(1) },
        };
        var pipeline = new DetectionPipeline(options);
        foreach (var partition in announced)
            pipeline.OnNext(new ViewBatch(partition));

        var furthest = 0;
        for (var second = 0; second < 600; second++)
        {
            if (!pipeline.Alignment.IsOpen("a"))
                continue;
            pipeline.OnNext(TestBatches.Of("a", new TestView(1_000_000 + (second * 1000L), "p")));
            furthest = second;
            var checkpoint = pipeline.Save();
            pipeline.Dispose();
            pipeline = new DetectionPipeline(options, checkpoint);
        }

        Assert.Equal(61, furthest);
        pipeline.OnNext(TestBatches.Of("silent", Enumerable.Range(0, 10).Select(i => new TestView(1_060_000 + i, "p"))));
        Assert.True(pipeline.Alignment.IsOpen("a"));
        pipeline.Dispose();
    }

    private static WatermarkState New() =>
        new(
            new EventTimeOptions { MaximumOutOfOrderness = TimeSpan.Zero, MaximumDrift = TimeSpan.FromMinutes(1) },
            TimeSpan.FromSeconds(1));

    private void Take(string partition, params long[] eventTimes)
    {
        var batch = new ViewBatch(partition);
        foreach (var time in eventTimes)
            batch.Add(new View { EventTime = time, ArrivalTime = time, Failure = -1, Circumstances = -1 });
        state.Take(batch, new TimedBatch());
    }

    private void Take(string partition, PartitionStatus status) =>
        state.Take(new ViewBatch(partition) { Status = status }, new TimedBatch());
}
