using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.EventTime;

namespace Rx.Alerting.Core.Tests.EventTime;

/// <summary>
/// The cases of Apache Flink's WatermarkOutputMultiplexerTest about unregistered outputs, with its numbers; and some cases that Flink
/// lacks.
/// </summary>
public sealed class WatermarkMultiplexerRemovalTests : WatermarkMultiplexerRig
{
    [Fact]
    public void Remove_OfTheLowest_UnblocksTheOthers()
    {
        const long Low = 156765, High = Low + 10;
        var (lower, higher) = (Multiplexer.Register("lower"), Multiplexer.Register("higher"));
        Emit(lower, Low);
        Multiplexer.Remove("lower");
        Emit(higher, High);
        AssertMerged(High);
    }

    [Fact]
    public void Remove_OfTheLowest_DoesNotAdvanceAtOnce()
    {
        const long Low = -4343, High = Low + 10;
        var (lower, higher) = (Multiplexer.Register("lower"), Multiplexer.Register("higher"));
        Emit(lower, Low);
        Emit(higher, High);
        Multiplexer.Remove("lower");
        AssertMerged(Low);
    }

    [Fact]
    public void Remove_OfTheHighest_DoesNotRetract()
    {
        Emit(Multiplexer.Register("higher"), 2);
        Multiplexer.Remove("higher");
        Emit(Multiplexer.Register("lower"), 1);
        AssertMerged(2);
    }

    [Fact]
    public void Remove_Registered_IsTrue()
    {
        Multiplexer.Register("does-exist");
        Assert.True(Multiplexer.Remove("does-exist"));
    }

    [Fact]
    public void Remove_NotRegistered_IsFalse() => Assert.False(Multiplexer.Remove("does-not-exist"));

    [Fact]
    public void Merge_AllRemoved_IsIdleAtTheLastWatermark()
    {
        Emit(Multiplexer.Register("only"), 1);
        AssertMerged(1);
        Multiplexer.Remove("only");
        Assert.False(Multiplexer.Merge());
        AssertMerged(1, idle: true);
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
        Multiplexer.Register("twice");
        Assert.Throws<InvalidOperationException>(() => Multiplexer.Register("twice"));
    }

    [Fact]
    public void Load_OfASavedState_GoesOnTheSame()
    {
        var (first, second) = (Register(), Register());
        Emit(first, 3);
        Emit(second, 5);
        Idle(first);
        var writer = new StateWriter();
        Multiplexer.Save(writer);

        var restored = new WatermarkMultiplexer();
        restored.Register(new PartitionWatermark(first.Name, first.Watermark, first.IsIdle));
        restored.Register(new PartitionWatermark(second.Name, second.Watermark, second.IsIdle));
        restored.Load(new StateReader(writer.Written));
        Assert.Equal(5, restored.Watermark);
        Assert.Equal([first.Name, second.Name], restored.Partitions.Select(partition => partition.Name));
        Assert.True(restored.Partitions[0].IsIdle);
        Assert.True(restored.Partitions[1].Advance(6));
        Assert.True(restored.Merge());
        Assert.Equal(6, restored.Watermark);
    }
}
