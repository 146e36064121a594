using Microsoft.Extensions.Time.Testing;
using Rx.Alerting.Core.Pipeline;

namespace Rx.Alerting.Core.Tests.Pipeline;

public sealed class ArrivalsTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider clock = new();
    private readonly Arrivals arrivals;
    private readonly long begin;

    public ArrivalsTests() => (arrivals, begin) = (new(clock, TimeSpan.FromSeconds(1)), clock.GetTimestamp());

    [Fact]
    public void Of_PaneThatWasReached_IsWhenItWasReachedFirst()
    {
        Reach(0, 10);
        Reach(1, 11.2);
        Reach(2, 11.9);

        Assert.Equal(TimeSpan.FromSeconds(1), Arrived(11.5));
    }

    [Fact]
    public void Of_PaneBetweenTwo_IsWhenTheLaterOneWasReached()
    {
        Reach(0, 10);
        Reach(3, 20);

        Assert.Equal(TimeSpan.FromSeconds(3), Arrived(15));
    }

    [Fact]
    public void Of_PaneBeforeTheFirst_IsNotKnown()
    {
        Reach(0, 10);

        Assert.Null(Arrived(9));
        Assert.Null(Arrived(11));
    }

    [Fact]
    public void Of_BeforeAnyView_IsNotKnown()
    {
        arrivals.Reach(long.MinValue);

        Assert.Null(Arrived(10));
        Reach(1, 10);
        Assert.Equal(TimeSpan.FromSeconds(1), Arrived(10));
    }

    [Fact]
    public void Of_LongAgo_IsForgotten()
    {
        for (var second = 0; second < 1000; second++)
            Reach(second, second);

        Assert.Null(Arrived(399));
        Assert.Equal(TimeSpan.FromSeconds(400), Arrived(400));
    }

    private void Reach(double at, double eventTime)
    {
        clock.Advance(TimeSpan.FromSeconds(at) - clock.GetElapsedTime(begin));
        arrivals.Reach((Start + TimeSpan.FromSeconds(eventTime)).ToUnixTimeMilliseconds());
    }

    private TimeSpan? Arrived(double eventTime) => arrivals.Of(Start + TimeSpan.FromSeconds(eventTime)) is { } at
        ? clock.GetElapsedTime(begin, at)
        : null;
}
