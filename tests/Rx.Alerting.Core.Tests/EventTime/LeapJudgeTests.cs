using Rx.Alerting.Core.EventTime;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.Tests.EventTime;

/// <summary>Which leaps ahead are accepted, tested by the operator's state. Three witnesses, a lead of 100.</summary>
public sealed class LeapJudgeTests
{
    private const long Month = 30L * 24 * 60 * 60 * 1000;

    private readonly WatermarkState state = new(
        Batches.Options with { MaximumOutOfOrderness = TimeSpan.FromSeconds(1) }, Batches.Pane);

    private readonly TimedBatch element = new();

    [Fact]
    public void Take_FirstView_IsAcceptedOnceItsWitnessesConfirm()
    {
        Assert.Equal("a:", Take(1000, 1002));
        Assert.Equal("a:", Take(1004));
        Assert.Equal("a:1006,1000,1002,1004 @5", Take(1006));
    }

    [Fact]
    public void Take_FirstViewGarbage_IsRejectedAndMovesNoWatermark()
    {
        Assert.Equal("a:", Take(9_000_000, 1000, 1002));
        Assert.Equal("a: far:1", Take(1004));
        Assert.Equal("a:1006,1000,1002,1004 @5", Take(1006));
    }

    [Fact]
    public void Take_WithinTheLead_IsAcceptedAtOnce()
    {
        Settle();
        Assert.Equal("a:1100,1200 @199", Take(1100, 1200));
    }

    [Fact]
    public void Take_BeyondTheLead_WaitsForItsWitnesses()
    {
        Settle();
        Assert.Equal("a: @-1", Take(1101));
        Assert.Equal("a: @-1", Take(1102));
        Assert.Equal("a: @-1", Take(1103));
        Assert.Equal("a:1104,1101,1102,1103 @103", Take(1104));
    }

    [Fact]
    public void Take_TrueGap_Passes()
    {
        Settle();
        Assert.Equal("a:50006,50000,50002,50004 @49005", Take(50_000, 50_002, 50_004, 50_006));
        Assert.Equal("a:50008 @49007", Take(50_008));
    }

    [Fact]
    public void Take_SeveralGarbageStamps_AreRejected()
    {
        Settle();
        Assert.Equal("a:1002,1004,1006,1008 far:2 @7", Take(9_000_000, 1002, 8_000_000, 1004, 1006, 1008));
    }

    [Theory]
    [InlineData(5099, "a: far:1 @-1")]
    [InlineData(5100, "a:5100,5200,5100,5100 @4199")]
    public void Take_MedianOfTheWitnesses_DecidesAtTheBoundary(long witness, string verdict)
    {
        Settle();
        Assert.Equal(verdict, Take(5200, witness, witness, witness));
    }

    [Fact]
    public void Take_OneWitnessShort_StaysSuspended()
    {
        Settle();
        Assert.Equal("a: @-1", Take(5200, 5100, 5100));
    }

    [Fact]
    public void Take_AcceptedMeanwhile_ReleasesWhatHasComeWithinReach()
    {
        Settle();
        // 1150 is beyond the ceiling of 1100. Accepting 1100 moves the ceiling to 1200 before the witnesses of 1150 have come.
        Assert.Equal("a:1100,1150 @149", Take(1150, 1100));
    }

    [Fact]
    public void Take_GarbageInThePast_IsHarmless()
    {
        Assert.Equal("a:", Take(10, 1000, 1002));
        Assert.Equal("a:10 @-991", Take(1004));
        Assert.Equal("a:1006,1000,1002,1004 @5", Take(1006));
        Assert.Equal("a:1008 late:4 @7", Take(4, 1008));
    }

    [Fact]
    public void Take_EndOfThePartition_RefutesByTheWitnessesThereAre()
    {
        Settle();
        Assert.Equal("a:1002 far:1 @1", Finish(9_000_001, 1002));
    }

    [Fact]
    public void Take_EndOfThePartition_ConfirmsByTheWitnessesThereAre()
    {
        Settle();
        Assert.Equal("a:50001,50003 @49002", Finish(50_001, 50_003));
    }

    [Fact]
    public void Take_OnlyViewOfAPartition_IsAccepted() => Assert.Equal("a:77 @-924", Finish(77));

    [Fact]
    public void Take_LastViewAfterAPause_IsAccepted()
    {
        Settle();
        Assert.Equal($"a:1002,{1002 + Month} @{Month + 1}", Finish(1002, 1002 + Month));
    }

    [Fact]
    public void Take_LastViewGarbage_IsRejected()
    {
        Settle();
        Assert.Equal("a:1002 far:1 @1", Finish(1002, 1003 + Month));
    }

    [Fact]
    public void Take_ArrivalTime_DecidesAtOnce()
    {
        var batch = new ViewBatch("a");
        batch.AddView(5100, 5000);
        batch.AddView(5101, 5000);
        batch.AddView(9_000_000, 9_000_000);
        state.Take(batch, element);
        Assert.Equal("a:5100,9000000 far:1 @8998999", Batches.Describe(element));
    }

    [Fact]
    public void Take_Rejected_IsSampledWithItsProperty()
    {
        var batch = new ViewBatch("a");
        batch.AddView(5101, 5000);
        state.Take(batch, element);
        var (reason, record) = Assert.Single(batch.Samples);
        Assert.Equal(RejectionReason.FarFuture, reason);
        Assert.Equal("shop", batch.String(record));
    }

    [Fact]
    public void TryFinish_SuspendedViews_AreDecidedPartitionByPartition()
    {
        state.Take(Batches.Of("b", 1000, 9_000_000, 1001), element);
        state.Take(Batches.Of("a", 500), element);
        var last = new List<string>();
        while (state.TryFinish(element))
            last.Add(Batches.Describe(element));
        Assert.Equal(["a:500", "b:1000,1001 far:1"], last);
        Assert.Equal(1001, state.NewestEventTime);
        Assert.Empty(state.Multiplexer.Partitions);
    }

    /// <summary>Brings the partition to 1000, with nothing suspended.</summary>
    private void Settle() => Assert.Equal("a:1000,1000,1000,1000 @-1", Take(1000, 1000, 1000, 1000));

    private string Take(params long[] eventTimes) => Take(PartitionStatus.Active, eventTimes);

    private string Finish(params long[] eventTimes) => Take(PartitionStatus.Finished, eventTimes);

    private string Take(PartitionStatus status, params long[] eventTimes)
    {
        state.Take(Batches.Of("a", status, eventTimes), element);
        return Batches.Describe(element);
    }
}
