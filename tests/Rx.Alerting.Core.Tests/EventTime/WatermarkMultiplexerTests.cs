using Rx.Alerting.Core.EventTime;

namespace Rx.Alerting.Core.Tests.EventTime;

/// <summary>
/// The cases of Apache Flink's WatermarkOutputMultiplexerTest, with its numbers.
/// </summary>
/// <remarks>
/// <list type="bullet">
/// <item><c>Emit</c>, <c>Idle</c> and <c>Activate</c> of the rig merge at once, as Flink's immediate outputs.</item>
/// <item>Calls on a partition itself are merged by the next <c>Merge</c>, as Flink's deferred outputs.</item>
/// <item>Emitting makes a partition active, as in Flink.</item>
/// <item>Outputs are properties that are read, not calls. Before the first watermark the output is <c>long.MinValue</c>. The two cases in
/// which Flink counts calls assert an unchanged state.</item>
/// </list>
/// </remarks>
public sealed class WatermarkMultiplexerTests : WatermarkMultiplexerRig
{
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
        Assert.True(Multiplexer.IsIdle);
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
        Multiplexer.Merge();
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
        Assert.False(Multiplexer.Merge());
        AssertMerged(long.MinValue);
    }

    [Fact]
    public void Advance_WithoutMerge_DoesNotAdvanceTheMerged()
    {
        var (first, second) = (Register(), Register());
        first.Advance(0);
        second.Advance(1);
        AssertMerged(long.MinValue);
        Multiplexer.Merge();
        AssertMerged(0);
    }

    [Fact]
    public void Merge_SingleDeferredWatermark_IsPassedOn()
    {
        Register().Advance(0);
        Multiplexer.Merge();
        AssertMerged(0);
    }

    [Fact]
    public void Merge_SingleDeferredIdle_IsIdleWithoutWatermark()
    {
        Register().MarkIdle();
        Multiplexer.Merge();
        AssertMerged(long.MinValue, idle: true);
    }

    [Fact]
    public void Merge_DeferredWatermarkAfterIdleness_IsActive()
    {
        var partition = Register();
        partition.MarkIdle();
        Multiplexer.Merge();
        Assert.True(Multiplexer.IsIdle);
        partition.MarkActive();
        partition.Advance(0);
        Multiplexer.Merge();
        AssertMerged(0);
    }

    [Fact]
    public void Merge_SeveralDeferredWatermarks_IsTheMinimumOfTheActive()
    {
        var (first, second, third) = (Register(), Register(), Register());
        first.Advance(2);
        second.Advance(5);
        third.MarkIdle();
        Multiplexer.Merge();
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
        Multiplexer.Merge();
        AssertMerged(5);
        Emit(partition, 2);
        AssertMerged(5);
        Multiplexer.Merge();
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
        Assert.False(Multiplexer.Merge());
        AssertMerged(5);
    }

    [Fact]
    public void Merge_SilentPartition_ReportsNothing()
    {
        Register();
        Assert.False(Multiplexer.Merge());
        AssertMerged(long.MinValue);
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
}
