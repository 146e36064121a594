using Microsoft.Extensions.Time.Testing;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.EventTime;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.Tests.EventTime;

/// <summary>What this machine's clock limits and confirms while partitions have been read to their end.</summary>
public sealed class PresentTests
{
    private const long Second = 1000, Minute = 60 * Second, Hour = 60 * Minute;

    private readonly TimedBatch element = new();
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 11, 28, 12, 0, 0, TimeSpan.Zero));
    private readonly WatermarkState state;

    public PresentTests()
    {
        state = new(new EventTimeOptions(), Batches.Pane, clock: clock);
        foreach (var partition in (string[])["a", "b", "c"])
            state.Take(Batches.Of(partition), element);
    }

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    [Theory]
    [InlineData(59 * Minute)]
    [InlineData(3 * 24 * Hour)]
    public void Take_OneOfThreePartitionsHasAFastClock_TheOthersAreNotLate(long ahead)
    {
        Idle("b");
        Idle("c");
        for (var second = 0; second < 300; second++)
        {
            if (state.IsWithinDrift("a"))
                Idle("a", [.. Enumerable.Range(0, 10).Select(i => Now + ahead + i)]);
            Idle("b", Now);
            Idle("c", Now - Minute);
            Assert.True(state.IsWithinDrift("b") && state.IsWithinDrift("c"));
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(0, state.Late.Total);
        Assert.Equal(Now - Second - (2 * Minute) - 1, state.Multiplexer.Watermark);
    }

    [Fact]
    public void Take_RestoredWhileTheOthersAreQuiet_TheFastClockDoesNotRun()
    {
        Idle("b", Now);
        Idle("c", Now);
        var restored = Restore(state);
        restored.Take(Batches.Of("a", PartitionStatus.Idle, [.. Enumerable.Range(0, 10).Select(i => Now + (59 * Minute) + i)]), element);
        Assert.Equal(Now - (2 * Minute) - 1, restored.Multiplexer.Watermark);
    }

    [Fact]
    public void IsWithinDrift_OnlyTheFastPartitionHasViews_IsReadOnAsTimePasses()
    {
        Idle("c");
        Idle("b", Now - (5 * Hour));
        Idle("a", [.. Enumerable.Range(0, 10).Select(i => Now + (59 * Minute) + i)]);
        Assert.False(state.IsWithinDrift("a"));
        clock.Advance(TimeSpan.FromMinutes(50));
        Assert.True(state.IsWithinDrift("a"));
    }

    [Fact]
    public void Take_MostPartitionsAreAheadOfThisMachine_NothingIsHeld()
    {
        foreach (var partition in (string[])["a", "b", "c"])
            Idle(partition, [.. Enumerable.Range(0, 10).Select(i => Now + (2 * Hour) + i)]);
        Assert.Equal(Now + (2 * Hour) + 9 - (2 * Minute) - 1, state.Multiplexer.Watermark);
        Assert.True(state.IsWithinDrift("a"));
    }

    [Fact]
    public void Take_SilentPartition_DoesNotHoldTheOthers()
    {
        Idle("c");
        Idle("b", Now - (5 * Hour));
        Idle("a", Now - Second);
        Assert.Equal(Now - Second - (2 * Minute) - 1, state.Multiplexer.Watermark);
    }

    [Fact]
    public void Take_FirstViewAtTheEndOfAPartition_CountsAtOnceIfItIsNotAhead()
    {
        Assert.Equal(1, Idle("a", Now - Hour));
        Assert.Equal(0, Idle("b", Now + (2 * Hour)));
    }

    [Fact]
    public void Take_FarLeapAtTheEndOfAPartition_CountsAtOnceIfItIsNotAhead()
    {
        Idle("b");
        Idle("c");
        Idle("a", Now - (9 * Hour));
        Assert.Equal(1, Idle("a", Now - Hour));
        Assert.Equal(Now - Hour - (2 * Minute) - 1, state.Multiplexer.Watermark);
        Assert.Equal(0, Idle("a", Now + (2 * Hour)));
    }

    [Fact]
    public void Take_NearLeapAtTheEndOfAPartition_MovesTimeToThePresentAtMost()
    {
        Idle("b");
        Idle("c");
        Idle("a", Now - (30 * Minute));
        Assert.Equal(2, Idle("a", Now - Minute, Now + (10 * Minute)));
        Assert.Equal(Now - Minute - (2 * Minute) - 1, state.Multiplexer.Watermark);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(195 * 24)]
    public void Load_MovedFarAheadByAWrongClock_TheNextViewsTellTheTime(long hoursAgo)
    {
        var before = Now - (hoursAgo * Hour);
        var poisoned = new WatermarkState(new EventTimeOptions(), Batches.Pane);
        poisoned.Take(Batches.Of("b"), element);
        poisoned.Take(Batches.Arriving("a", Now + (3000 * Hour)), element);
        poisoned.Take(Batches.Arriving("b", before - Second), element);
        poisoned.Take(Batches.Of("b", PartitionStatus.Idle), element);
        Assert.Equal(Now + (3000 * Hour) - (2 * Minute) - 1, poisoned.Multiplexer.Watermark);

        var restored = Restore(poisoned);

        Assert.Equal(Now + (3000 * Hour), restored.SetBackFrom);
        Assert.Equal(before - Second - (2 * Minute) - 1, restored.Multiplexer.Watermark);
        restored.Take(Batches.Of("a", [.. Enumerable.Range(0, 10).Select(second => before - Minute + (second * Second))]), element);
        Assert.Equal(10, element.Batch.ViewCount);
        restored.Take(Batches.Arriving("b", before - Minute), element);
        Assert.Equal(0, restored.Late.Total);
        Assert.Null(Restore(restored).SetBackFrom);
    }

    [Fact]
    public void Load_OnlyPartitionMovedFarAhead_BeginsAsBeforeItsFirstView()
    {
        var poisoned = new WatermarkState(new EventTimeOptions(), Batches.Pane);
        poisoned.Take(Batches.Arriving("a", Now + (3000 * Hour)), element);

        var restored = Restore(poisoned);

        Assert.Equal(long.MinValue, restored.Multiplexer.Watermark);
        Assert.True(restored.IsWithinDrift("a"));
        restored.Take(Batches.Of("a", PartitionStatus.Idle, Now + (2000 * Hour)), element);
        Assert.Equal(0, element.Batch.ViewCount);
        restored.Take(Batches.Of("a", PartitionStatus.Idle, Now - (5000 * Hour)), element);
        Assert.Equal(1, element.Batch.ViewCount);
    }

    [Fact]
    public void Load_AheadByLessThanTheLead_StaysAsItIs()
    {
        var ahead = new WatermarkState(new EventTimeOptions(), Batches.Pane);
        ahead.Take(Batches.Arriving("a", Now + Hour), element);

        var restored = Restore(ahead);

        Assert.Null(restored.SetBackFrom);
        Assert.Equal(ahead.Multiplexer.Watermark, restored.Multiplexer.Watermark);
    }

    private WatermarkState Restore(WatermarkState saved)
    {
        var restored = new WatermarkState(new EventTimeOptions(), Batches.Pane, clock: clock);
        new OperatorStates([restored]).Load(new OperatorStates([saved]).Save());
        return restored;
    }

    private int Idle(string partition, params long[] eventTimes)
    {
        state.Take(Batches.Of(partition, PartitionStatus.Idle, eventTimes), element);
        return element.Batch.ViewCount;
    }
}
