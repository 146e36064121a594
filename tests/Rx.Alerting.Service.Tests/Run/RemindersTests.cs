using Microsoft.Extensions.Time.Testing;
using Rx.Alerting.Service.Run;

namespace Rx.Alerting.Service.Tests.Run;

public sealed class RemindersTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1), Minute = TimeSpan.FromMinutes(1);

    private readonly FakeTimeProvider clock = new();
    private readonly Reminders<string> reminders;

    public RemindersTests() => reminders = new(clock);

    [Fact]
    public void IsDue_TroubleThatLasts_WhenItBeginsAndOnceAMinute()
    {
        Assert.True(reminders.IsDue("a"));
        clock.Advance(Minute - Second);
        Assert.False(reminders.IsDue("a"));
        clock.Advance(Second);
        Assert.True(reminders.IsDue("a"));
        Assert.False(reminders.IsDue("a"));
    }

    [Fact]
    public void IsDue_AnotherReason_AtOnce()
    {
        Assert.True(reminders.IsDue("a", "is away"));
        Assert.True(reminders.IsDue("a", "is full"));
        Assert.False(reminders.IsDue("a", "is full"));
    }

    [Fact]
    public void IsDue_AnotherKey_AtOnce()
    {
        Assert.True(reminders.IsDue("a"));
        Assert.True(reminders.IsDue("b"));
        Assert.Equal(["a", "b"], reminders.Keys);
    }

    [Fact]
    public void End_Trouble_SaysHowLongItLastedSinceItsFirstReason()
    {
        reminders.IsDue("a", "is away");
        clock.Advance(Minute);
        reminders.IsDue("a", "is full");
        clock.Advance(Second);

        Assert.Equal(Minute + Second, reminders.End("a"));
        Assert.Null(reminders.End("a"));
        Assert.True(reminders.IsDue("a", "is full"));
    }
}
