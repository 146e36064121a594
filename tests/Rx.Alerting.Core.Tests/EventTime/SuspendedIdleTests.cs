using Rx.Alerting.Core.EventTime;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.Tests.EventTime;

/// <summary>A partition may be idle while its views wait for witnesses, and no view is lost by that.</summary>
public sealed class SuspendedIdleTests
{
    private readonly WatermarkState state = new(Batches.Options, Batches.Pane);
    private readonly TimedBatch element = new();

    [Fact]
    public void Take_IdlePartitionWithASuspendedView_DoesNotHold()
    {
        Assert.Equal("a:4,1,2,3 @3", Take(Batches.Of("a", 1, 2, 3, 4)));
        Assert.Equal("b:10 @3", Take(Batches.Arriving("b", 10)));
        Assert.Equal("a: @9", Take(Batches.Of("a", PartitionStatus.Idle, 500)));
        Assert.Equal("b:20 @19", Take(Batches.Arriving("b", 20)));
        Assert.Equal("a: @19", Take(Batches.Of("a", 501, 502)));
        Assert.Equal("b:600 @19", Take(Batches.Arriving("b", 600)));
        Assert.Equal("a:503,500,501,502 @502", Take(Batches.Of("a", 503)));
    }

    [Fact]
    public void Take_IdlePartitionWhoseFirstViewIsSuspended_DoesNotHold()
    {
        Assert.Equal("a:", Take(Batches.Of("a", PartitionStatus.Idle, 30)));
        Assert.Equal("b:20 @19", Take(Batches.Arriving("b", 20)));
        Assert.Equal("a:33,30,31,32 @19", Take(Batches.Of("a", 31, 32, 33)));
    }

    private string Take(ViewBatch batch)
    {
        state.Take(batch, element);
        return Batches.Describe(element);
    }
}
