using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.EventTime;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.Tests.EventTime;

/// <summary>
/// Clocks that are fast by less than the maximum lead of an hour. The bound is two minutes. Time moves when most of 30 views agree.
/// </summary>
public sealed class NearLeapTests
{
    private const long Second = 1000, Minute = 60 * Second, Hour = 60 * Minute;
    private const long Begin = 1_790_000_000_000;

    private static readonly EventTimeOptions Options = new() { ConfirmingViews = 3 };

    private readonly TimedBatch element = new();
    private WatermarkState state = new(Options, Batches.Pane);

    [Fact]
    public void Take_OneFastView_IsCountedAndMovesNoTime()
    {
        Take(InOrder(Begin, 10));
        Assert.Equal(1, Take(Begin + (59 * Minute)));
        Assert.Equal(Begin + (9 * Second), Newest);
        Assert.Equal(40, Take(InOrder(Begin + (10 * Second), 40)));
        Assert.Equal(0, state.Late.Total);
    }

    [Fact]
    public void Take_WithinTheReach_MovesTimeAtOnce()
    {
        Take(InOrder(Begin, 10));
        Take(Begin + (9 * Second) + (2 * Minute));
        Assert.Equal(Begin + (9 * Second) + (2 * Minute), Newest);
    }

    [Fact]
    public void Take_GapWithinTheLead_MovesTimeOnceMostViewsAreBeyond()
    {
        Take(InOrder(Begin, 10));
        Take(InOrder(Begin + (30 * Minute), 29));
        Assert.Equal(Begin + (9 * Second), Newest);
        Take(Begin + (30 * Minute) + (29 * Second));
        Assert.Equal(Begin + (30 * Minute) + (29 * Second), Newest);
    }

    [Fact]
    public void Take_RunsOfTwoProducers_TheFastOneMovesNoTime()
    {
        Take(InOrder(Begin, 10));
        for (var round = 0; round < 50; round++)
        {
            var now = Begin + ((10 + (round * 30)) * Second);
            Take(InOrder(now + (40 * Minute), 14));
            Take(InOrder(now, 16));
        }

        Assert.Equal(0, state.Late.Total);
        Assert.Equal(Begin + ((10 + (49 * 30) + 15) * Second), Newest);
    }

    [Fact]
    public void Take_FarGapWithAFastFirstView_TimeMovesToTheOthers()
    {
        Take(InOrder(Begin, 10));
        Take(Begin + (5 * Hour) + (40 * Minute));
        Take(InOrder(Begin + (5 * Hour), 40));
        Assert.Equal(Begin + (5 * Hour) + (39 * Second), Newest);
        Assert.Equal(0, state.Late.Total);
    }

    [Fact]
    public void Take_ArrivalTime_FastViewMovesTimeToItsArrivalOnly()
    {
        var batch = new ViewBatch("a");
        batch.AddView(Begin + (59 * Minute), Begin);
        batch.AddView(Begin - (2 * Minute), Begin + 1);
        state.Take(batch, element);
        Assert.Equal(Begin, Newest);
        Assert.Equal(2, element.Batch.ViewCount);
    }

    [Fact]
    public void Take_EndOfThePartition_TimeMovesToTheNewestView()
    {
        Take(InOrder(Begin, 10));
        state.Take(Batches.Of("a", PartitionStatus.Finished, Begin + (50 * Minute)), element);
        Assert.Equal(Begin + (50 * Minute), state.NewestEventTime);
    }

    [Fact]
    public void Take_RestoredAnywhere_DecidesTheSame()
    {
        long[] stream =
        [
            .. InOrder(Begin, 5),
            Begin + (50 * Minute),
            .. InOrder(Begin + (5 * Second), 5),
            .. InOrder(Begin + (20 * Minute), 45),
            Begin + Minute,
        ];
        var whole = Decide(stream, restoreAt: -1);
        for (var cut = 0; cut <= stream.Length; cut++)
        {
            state = new(Options, Batches.Pane);
            Assert.Equal(whole, Decide(stream, cut));
        }
    }

    private long Newest => state.NewestEventTime;

    private string Decide(long[] stream, int restoreAt)
    {
        var accepted = 0;
        for (var at = 0; at < stream.Length; at++)
        {
            if (at == restoreAt)
            {
                var restored = new WatermarkState(Options, Batches.Pane);
                new OperatorStates([restored]).Load(new OperatorStates([state]).Save());
                state = restored;
            }

            accepted += Take(stream[at]);
        }

        return $"{accepted} accepted, {state.Late.Total} late, {Newest}";
    }

    private int Take(params long[] eventTimes)
    {
        state.Take(Batches.Of("a", eventTimes), element);
        return element.Batch.ViewCount;
    }

    private static long[] InOrder(long from, int count) => [.. Enumerable.Range(0, count).Select(i => from + (i * Second))];
}
