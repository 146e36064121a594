using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.EventTime;

namespace Rx.Alerting.Core.Tests.EventTime;

/// <summary>
/// The cases of Apache Flink's WatermarkOutputMultiplexerTest, with its numbers. What is called with <see cref="Emit"/>,
/// <see cref="Idle"/> and <see cref="Activate"/> is merged at once, as Flink's immediate outputs are; what is called on a partition itself
/// is merged with the next Merge, as its deferred ones are. Emitting makes a partition active, as there. Outputs are
/// read, not called: no watermark yet is long.MinValue, and the two cases that count calls ask for an unchanged state.
/// </summary>
public sealed class WatermarkMultiplexerTests
{
    private readonly WatermarkMultiplexer multiplexer = new();
    private int names;

    [Fact]
    public void Merge_SingleWatermark_IsPassedOn()
    {
        Emit(Register(), 0);
        AssertMerged(0);
    }

    [Fact]
    public void Merge_SingleIdle_IsIdleWithoutWatermark()
    {
        Idle(Register());
        AssertMerged(long.MinValue, idle: true);
    }

    [Fact]
    public void Merge_WatermarkAfterIdleness_IsActive()
    {
        var partition = Register();
        Idle(partition);
        Assert.True(multiplexer.IsIdle);
        Emit(partition, 0);
        AssertMerged(0);
    }

    [Fact]
    public void Merge_SeveralWatermarks_IsTheMinimumOfTheActive()
    {
        var (first, second, third) = (Register(), Register(), Register());
        Emit(first, 2);
        Emit(second, 5);
        Idle(third);
        AssertMerged(2);
    }

    [Fact]
    public void Merge_LowestBecomesIdle_Advances()
    {
        var (first, second) = (Register(), Register());
        Emit(first, 2);
        Emit(second, 5);
        AssertMerged(2);
        Idle(first);
        AssertMerged(5);
    }

    [Fact]
    public void Merge_AllBecomeIdle_IsTheMaximum()
    {
        var (first, second) = (Register(), Register());
        Emit(first, 5);
        Emit(second, 2);
        AssertMerged(2);
        Idle(first);
        Idle(second);
        AssertMerged(5, idle: true);
    }

    [Fact]
    public void Merge_AllDeferredEmitAndBecomeIdle_IsTheMaximum()
    {
        var (first, second) = (Register(), Register());
        first.Advance(5);
        first.MarkIdle();
        second.Advance(2);
        second.MarkIdle();
        AssertMerged(long.MinValue);
        multiplexer.Merge();
        AssertMerged(5, idle: true);
    }

    [Fact]
    public void Merge_IdlePartitionReturnsBehind_DoesNotRegress()
    {
        var (first, second) = (Register(), Register());
        Emit(first, 2);
        Emit(second, 5);
        Idle(first);
        AssertMerged(5);
        Emit(first, 3);
        AssertMerged(5);
    }

    [Fact]
    public void Merge_NoPartitions_HasNoWatermarkAndIsNotIdle()
    {
        Assert.False(multiplexer.Merge());
        AssertMerged(long.MinValue);
    }

    [Fact]
    public void Advance_WithoutMerge_DoesNotAdvanceTheMerged()
    {
        var (first, second) = (Register(), Register());
        first.Advance(0);
        second.Advance(1);
        AssertMerged(long.MinValue);
        multiplexer.Merge();
        AssertMerged(0);
    }

    [Fact]
    public void Merge_SingleDeferredWatermark_IsPassedOn()
    {
        Register().Advance(0);
        multiplexer.Merge();
        AssertMerged(0);
    }

    [Fact]
    public void Merge_SingleDeferredIdle_IsIdleWithoutWatermark()
    {
        Register().MarkIdle();
        multiplexer.Merge();
        AssertMerged(long.MinValue, idle: true);
    }

    [Fact]
    public void Merge_DeferredWatermarkAfterIdleness_IsActive()
    {
        var partition = Register();
        partition.MarkIdle();
        multiplexer.Merge();
        Assert.True(multiplexer.IsIdle);
        partition.MarkActive();
        partition.Advance(0);
        multiplexer.Merge();
        AssertMerged(0);
    }

    [Fact]
    public void Merge_SeveralDeferredWatermarks_IsTheMinimumOfTheActive()
    {
        var (first, second, third) = (Register(), Register(), Register());
        first.Advance(2);
        second.Advance(5);
        third.MarkIdle();
        multiplexer.Merge();
        AssertMerged(2);
    }

    [Fact]
    public void Merge_ImmediateUpdate_TakesDeferredOnesIntoAccount()
    {
        var (immediate, deferred) = (Register(), Register());
        deferred.Advance(5);
        AssertMerged(long.MinValue);
        Emit(immediate, 2);
        AssertMerged(2);
    }

    [Fact]
    public void Merge_LowerUpdateOfTheSamePartition_DoesNotRegress()
    {
        var partition = Register();
        partition.Advance(5);
        multiplexer.Merge();
        AssertMerged(5);
        Emit(partition, 2);
        AssertMerged(5);
        multiplexer.Merge();
        AssertMerged(5);
    }

    [Fact]
    public void Advance_LowerUpdateOfTheSamePartition_IsNoReasonToMerge()
    {
        var partition = Register();
        partition.Advance(5);
        Emit(partition, 2);
        AssertMerged(long.MinValue);
    }

    [Fact]
    public void Remove_OfTheLowest_UnblocksTheOthers()
    {
        const long Low = 156765, High = Low + 10;
        var (lower, higher) = (multiplexer.Register("lower"), multiplexer.Register("higher"));
        Emit(lower, Low);
        multiplexer.Remove("lower");
        Emit(higher, High);
        AssertMerged(High);
    }

    [Fact]
    public void Remove_OfTheLowest_DoesNotAdvanceAtOnce()
    {
        const long Low = -4343, High = Low + 10;
        var (lower, higher) = (multiplexer.Register("lower"), multiplexer.Register("higher"));
        Emit(lower, Low);
        Emit(higher, High);
        multiplexer.Remove("lower");
        AssertMerged(Low);
    }

    [Fact]
    public void Remove_OfTheHighest_DoesNotRetract()
    {
        Emit(multiplexer.Register("higher"), 2);
        multiplexer.Remove("higher");
        Emit(multiplexer.Register("lower"), 1);
        AssertMerged(2);
    }

    [Fact]
    public void Remove_Registered_IsTrue()
    {
        multiplexer.Register("does-exist");
        Assert.True(multiplexer.Remove("does-exist"));
    }

    [Fact]
    public void Remove_NotRegistered_IsFalse() => Assert.False(multiplexer.Remove("does-not-exist"));

    [Fact]
    public void Merge_AllRemoved_IsIdleAtTheLastWatermark()
    {
        Emit(multiplexer.Register("only"), 1);
        AssertMerged(1);
        multiplexer.Remove("only");
        Assert.False(multiplexer.Merge());
        AssertMerged(1, idle: true);
    }

    [Fact]
    public void Merge_OneOfAllIdleBecomesActive_IsActive()
    {
        var first = AllIdleAtFive();
        Activate(first);
        AssertMerged(5);
    }

    [Fact]
    public void Merge_OneOfAllIdleReturnsBehind_IsActiveWithoutAdvance()
    {
        var first = AllIdleAtFive();
        first.MarkActive();
        first.Advance(3);
        Assert.False(multiplexer.Merge());
        AssertMerged(5);
    }

    [Fact]
    public void Merge_SilentPartition_ReportsNothing()
    {
        Register();
        Assert.False(multiplexer.Merge());
        AssertMerged(long.MinValue);
    }

    [Fact]
    public void Merge_ReturnedBehind_IsHeldUntilItHasCaughtUp()
    {
        var (first, second) = (Register(), Register());
        Emit(first, 3);
        Emit(second, 5);
        Idle(first);
        Activate(first);
        Emit(second, 9);
        AssertMerged(5);
        Emit(first, 7);
        AssertMerged(7);
    }

    [Fact]
    public void Register_SameName_Throws()
    {
        multiplexer.Register("twice");
        Assert.Throws<InvalidOperationException>(() => multiplexer.Register("twice"));
    }

    [Fact]
    public void Load_OfASavedState_GoesOnTheSame()
    {
        var (first, second) = (Register(), Register());
        Emit(first, 3);
        Emit(second, 5);
        Idle(first);
        var writer = new StateWriter();
        multiplexer.Save(writer);

        var restored = new WatermarkMultiplexer();
        restored.Load(new StateReader(writer.Written));
        Assert.Equal(5, restored.Watermark);
        Assert.Equal([first.Name, second.Name], restored.Partitions.Select(partition => partition.Name));
        Assert.True(restored.Partitions[0].IsIdle);
        Assert.True(restored.Partitions[1].Advance(6));
        Assert.True(restored.Merge());
        Assert.Equal(6, restored.Watermark);
    }

    private PartitionWatermark AllIdleAtFive()
    {
        var (first, second) = (Register(), Register());
        Emit(first, 5);
        Emit(second, 2);
        Idle(first);
        Idle(second);
        AssertMerged(5, idle: true);
        return first;
    }

    private PartitionWatermark Register() => multiplexer.Register($"partition {names++}");

    private void Emit(PartitionWatermark partition, long watermark)
    {
        partition.MarkActive();
        if (partition.Advance(watermark))
            multiplexer.Merge();
    }

    private void Idle(PartitionWatermark partition)
    {
        partition.MarkIdle();
        multiplexer.Merge();
    }

    private void Activate(PartitionWatermark partition)
    {
        partition.MarkActive();
        multiplexer.Merge();
    }

    private void AssertMerged(long watermark, bool idle = false)
    {
        Assert.Equal(watermark, multiplexer.Watermark);
        Assert.Equal(idle, multiplexer.IsIdle);
    }
}
