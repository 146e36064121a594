using Microsoft.Extensions.Time.Testing;
using Rx.Alerting.Core.EventTime;

namespace Rx.Alerting.Core.Tests.EventTime;

/// <summary>The cases of Apache Flink's WatermarksWithIdlenessTest, with its numbers.</summary>
public sealed class IdlenessTimerTests
{
    private readonly FakeTimeProvider clock = new();

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Constructor_TimeoutNotPositive_Throws(int milliseconds) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new IdlenessTimer(clock, TimeSpan.FromMilliseconds(milliseconds)));

    [Fact]
    public void CheckIfIdle_AtFirst_IsFalse() => Assert.False(Timer(10).CheckIfIdle());

    [Fact]
    public void CheckIfIdle_WithoutActivity_IsTrueAfterTheTimeout()
    {
        var timer = Timer(10);
        timer.CheckIfIdle();
        Advance(10);
        Assert.False(timer.CheckIfIdle());
        Advance(1);
        Assert.True(timer.CheckIfIdle());
    }

    [Fact]
    public void CheckIfIdle_Repeated_StaysTrue()
    {
        var timer = IdleTimer(122);
        Assert.True(timer.CheckIfIdle());
        Advance(100);
        Assert.True(timer.CheckIfIdle());
    }

    [Fact]
    public void CheckIfIdle_ActivityAfterIdleness_IsFalse()
    {
        var timer = IdleTimer(10);
        timer.Activity();
        Assert.False(timer.CheckIfIdle());
    }

    [Fact]
    public void CheckIfIdle_IdleActiveIdle_IsTrueAgain()
    {
        var timer = IdleTimer(122);
        timer.Activity();
        Assert.False(timer.CheckIfIdle());

        timer.CheckIfIdle();
        Advance(123);
        Assert.True(timer.CheckIfIdle());
    }

    private void Advance(int milliseconds) => clock.Advance(TimeSpan.FromMilliseconds(milliseconds));

    private IdlenessTimer Timer(int milliseconds) => new(clock, TimeSpan.FromMilliseconds(milliseconds));

    private IdlenessTimer IdleTimer(int milliseconds)
    {
        var timer = Timer(milliseconds);
        timer.CheckIfIdle();
        Advance(milliseconds + 1);
        Assert.True(timer.CheckIfIdle());
        return timer;
    }
}
