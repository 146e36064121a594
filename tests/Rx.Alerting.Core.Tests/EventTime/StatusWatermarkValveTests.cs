using Rx.Alerting.Core.EventTime;

namespace Rx.Alerting.Core.Tests.EventTime;

/// <summary>
/// The cases of Apache Flink's StatusWatermarkValveTest, with its numbers, on <see cref="WatermarkMultiplexer"/>.
/// </summary>
/// <remarks>
/// Every input is merged at once. Every output is compared, so that a superfluous output fails the test. The two classes differ for a
/// returned partition that is not aligned: the valve lets the merge run ahead, and the multiplexer holds the merge. No case here shows that
/// difference.
/// </remarks>
public sealed class StatusWatermarkValveTests
{
    private const string Idle = "idle", Active = "active";

    private readonly WatermarkMultiplexer multiplexer = new();
    private PartitionWatermark[] channels = [];

    [Fact]
    public void Input_SingleIncreasing_IsPassedOn()
    {
        Open(1);
        Assert.Equal(["0"], Watermark(0, 0));
        Assert.Equal(["25"], Watermark(0, 25));
    }

    [Fact]
    public void Input_SingleDecreasing_YieldsNothing()
    {
        Open(1);
        Assert.Equal(["25"], Watermark(0, 25));
        Assert.Empty(Watermark(0, 18));
        Assert.Equal(["42"], Watermark(0, 42));
    }

    [Fact]
    public void Status_SingleToggled_IsPassedOnOnce()
    {
        Open(1);
        Assert.Empty(Status(0, Active));
        Assert.Equal([Idle], Status(0, Idle));
        Assert.Empty(Status(0, Idle));
        Assert.Equal([Active], Status(0, Active));
    }

    [Fact]
    public void Input_SingleWhileIdle_IsIgnored()
    {
        Open(1);
        Assert.Equal(["25"], Watermark(0, 25));
        Assert.Equal([Idle], Status(0, Idle));
        Assert.Empty(Watermark(0, 50));
        Assert.Equal(25, channels[0].Watermark);
        Assert.Equal([Active], Status(0, Active));
        Assert.Equal(["50"], Watermark(0, 50));
    }

    [Fact]
    public void Input_Several_YieldsOnceEveryChannelHasAWatermark()
    {
        Open(3);
        Assert.Empty(Watermark(0, 0));
        Assert.Empty(Watermark(1, 0));
        Assert.Equal(["0"], Watermark(2, 0));
    }

    [Fact]
    public void Input_SeveralIncreasing_YieldsTheNewMinimum()
    {
        Open(3);
        Assert.Equal(["0"], [.. Watermark(0, 0), .. Watermark(1, 0), .. Watermark(2, 0)]);
        Assert.Empty(Watermark(0, 12));
        Assert.Empty(Watermark(2, 8));
        Assert.Empty(Watermark(2, 10));
        Assert.Equal(["10"], Watermark(1, 15));
        Assert.Equal(["12"], Watermark(2, 17));
        Assert.Equal(["15"], Watermark(0, 20));
    }

    [Fact]
    public void Input_SeveralDecreasing_YieldsNothing()
    {
        Open(3);
        Assert.Equal(["10"], [.. Watermark(0, 25), .. Watermark(1, 10), .. Watermark(2, 17)]);
        Assert.Empty(Watermark(0, 12));
        Assert.Empty(Watermark(1, 8));
        Assert.Empty(Watermark(2, 15));
    }

    [Fact]
    public void Status_SeveralToggled_IsIdleOnlyWhenAllAre()
    {
        Open(2);
        Assert.Empty(Status(0, Active));
        Assert.Empty(Status(1, Active));
        Assert.Empty(Status(1, Idle));
        Assert.Equal([Idle], Status(0, Idle));
        Assert.Empty(Status(0, Idle));
        Assert.Empty(Status(1, Idle));
        Assert.Equal([Active], Status(1, Active));
        Assert.Empty(Status(0, Active));
    }

    [Fact]
    public void Input_SomeIdle_YieldsTheMinimumOfTheActive()
    {
        Open(3);
        Assert.Empty(Watermark(0, 15));
        Assert.Empty(Watermark(1, 10));
        Assert.Equal(["10"], Status(2, Idle));
        Assert.Equal(["15"], Watermark(1, 18));
        Assert.Equal(["18"], Watermark(0, 20));
    }

    [Fact]
    public void Status_OneAfterTheOtherIdle_YieldsTheMinimumOfTheRest()
    {
        Open(3);
        Assert.Equal(["10"], [.. Watermark(0, 25), .. Watermark(1, 10), .. Watermark(2, 17)]);
        Assert.Equal(["17"], Status(1, Idle));
        Assert.Equal(["25"], Status(2, Idle));
    }

    [Fact]
    public void Status_LastBecomesIdle_YieldsTheMaximumAndIdle()
    {
        Open(3);
        Assert.Equal(["3"], [.. Watermark(0, 10), .. Watermark(1, 5), .. Watermark(2, 3)]);
        Assert.Empty(Status(0, Idle));
        Assert.Empty(Status(1, Idle));
        Assert.Equal(["10", Idle], Status(2, Idle));
    }

    [Fact]
    public void Status_ActiveAgainBehind_IsAlignedOnceCaughtUp()
    {
        Open(3);
        Assert.Equal(["3"], [.. Watermark(0, 10), .. Watermark(1, 7), .. Watermark(2, 3)]);
        Assert.Equal(["7"], Status(2, Idle));

        Assert.Empty(Status(2, Active));
        Assert.False(multiplexer.IsAligned(channels[2]));
        Assert.Empty(Watermark(2, 5));
        Assert.Equal(5, channels[2].Watermark);
        Assert.Empty(Watermark(2, 9));
        Assert.True(multiplexer.IsAligned(channels[2]));
        Assert.Equal(["9"], Watermark(1, 12));
    }

    [Fact]
    public void Status_AllActiveUnaligned_YieldsNothing()
    {
        Open(3);
        Assert.Empty(Watermark(0, 10));
        Assert.Empty(Watermark(1, 7));
        Assert.Equal(["7"], Status(2, Idle));
        Assert.Empty(Status(2, Active));
        Assert.Empty(Status(0, Idle));
        Assert.Empty(Status(1, Idle));
    }

    [Fact]
    public void Status_UnalignedBecomesIdle_YieldsNothing()
    {
        Open(2);
        Assert.Equal(["7"], [.. Watermark(0, 7), .. Watermark(1, 10)]);
        Assert.Equal(["10"], Status(0, Idle));
        Assert.Empty(Status(0, Active));
        Assert.Empty(Watermark(0, 9));
        Assert.Empty(Status(0, Idle));
    }

    private void Open(int count) =>
        channels = [.. Enumerable.Range(0, count).Select(channel => multiplexer.Register($"channel {channel}"))];

    private List<string> Watermark(int channel, long watermark)
    {
        channels[channel].Advance(watermark);
        return Outputs();
    }

    private List<string> Status(int channel, string status)
    {
        if (status == Idle)
            channels[channel].MarkIdle();
        else
            channels[channel].MarkActive();
        return Outputs();
    }

    private List<string> Outputs()
    {
        var outputs = new List<string>();
        var wasIdle = multiplexer.IsIdle;
        if (multiplexer.Merge())
            outputs.Add($"{multiplexer.Watermark}");
        if (multiplexer.IsIdle != wasIdle)
            outputs.Add(multiplexer.IsIdle ? Idle : Active);
        return outputs;
    }
}
