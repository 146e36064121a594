using Rx.Alerting.Core.Views;
using Rx.Alerting.Service.Tries;
using Rx.Alerting.Testing;

namespace Rx.Alerting.Service.Tests.Tries;

/// <summary>What is read again ends where the run began, though the stream goes on.</summary>
public sealed class TryExtentTests
{
    private readonly TryExtent extent = new(from: 1000, to: 2000);

    [Fact]
    public void Partition_ThatWasReadToItsEnd_IsRead()
    {
        Assert.False(extent.IsRead);
        Cut("a");
        Cut("b");
        Cut("a", PartitionStatus.Idle, 1500);
        Assert.False(extent.IsRead);

        Cut("b", PartitionStatus.Finished);

        Assert.True(extent.IsRead);
    }

    [Fact]
    public void Partition_PastTheEnd_FinishesAndIsNotReadOn()
    {
        Cut("a");

        var last = extent.Cut(Batch("a", PartitionStatus.Active, [.. Enumerable.Repeat(2001L, 100)]));

        Assert.Equal((PartitionStatus.Finished, 0), (last!.Status, last.ViewCount));
        Assert.True(extent.IsRead);
        Assert.False(extent.Wants("a"));
        Assert.Null(Cut("a", PartitionStatus.Active, 2002));
    }

    [Fact]
    public void Views_OfAWrongClock_DoNotEndAPartition()
    {
        Assert.Null(Cut("a", PartitionStatus.Active, 9_000_000));
        Assert.Equal(1, Cut("a", PartitionStatus.Active, 1500)!.ViewCount);

        Assert.True(extent.Wants("a"));
        Assert.False(extent.IsRead);
    }

    [Fact]
    public void Batches_FromBefore_AreLeftOutAsAWhole()
    {
        Assert.Null(Cut("a", PartitionStatus.Active, 1, 999));
        Assert.Equal(2, Cut("a", PartitionStatus.Active, 999, 1000)!.ViewCount);
        var idle = Cut("a", PartitionStatus.Idle, 5);
        Assert.Equal((PartitionStatus.Idle, 0), (idle!.Status, idle.ViewCount));
    }

    private ViewBatch? Cut(string partition, PartitionStatus status = PartitionStatus.Active, params long[] times) =>
        extent.Cut(Batch(partition, status, times));

    private static ViewBatch Batch(string partition, PartitionStatus status, long[] times)
    {
        var batch = TestBatches.Of(partition, times.Select(time => new TestView(time, "p", "t")));
        batch.Status = status;
        return batch;
    }
}
