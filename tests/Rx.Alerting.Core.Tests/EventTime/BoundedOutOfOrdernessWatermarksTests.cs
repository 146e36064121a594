using Rx.Alerting.Core.EventTime;

namespace Rx.Alerting.Core.Tests.EventTime;

/// <summary>
/// The cases of Apache Flink's BoundedOutOfOrdernessWatermarksTest, with its numbers. Flink emits the watermark periodically. Here the
/// watermark is a property.
/// </summary>
public sealed class BoundedOutOfOrdernessWatermarksTests
{
    private BoundedOutOfOrdernessWatermarks watermarks = new(10);

    [Fact]
    public void Watermark_BeforeAnyView_IsTheLowest()
    {
        Assert.Equal(long.MinValue, watermarks.Watermark);
        Assert.False(watermarks.HasViews);
    }

    [Fact]
    public void Watermark_AfterAView_LagsByTheBoundAndOne()
    {
        watermarks.OnView(1337);
        Assert.Equal(1326, watermarks.Watermark);
        Assert.True(watermarks.HasViews);
    }

    [Fact]
    public void Watermark_AfterViewsOutOfOrder_FollowsTheNewest()
    {
        foreach (var eventTime in (ReadOnlySpan<long>)[12345, 12300, 12340, 12280])
            watermarks.OnView(eventTime);
        Assert.Equal(12334, watermarks.Watermark);
    }

    [Fact]
    public void Watermark_ReadAgain_IsTheSame()
    {
        watermarks.OnView(723456);
        _ = watermarks.Watermark;
        Assert.Equal(723445, watermarks.Watermark);
    }

    [Fact]
    public void Constructor_NegativeBound_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new BoundedOutOfOrdernessWatermarks(-1));

    [Fact]
    public void Watermark_OfAnAbsurdlyOldView_DoesNotWrapAround()
    {
        watermarks.OnView(long.MinValue);
        Assert.Equal(long.MinValue, watermarks.Watermark);
    }
}
