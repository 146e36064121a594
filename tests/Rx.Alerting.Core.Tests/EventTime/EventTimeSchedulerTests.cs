using System.Reactive.Concurrency;
using System.Reactive.Linq;
using Rx.Alerting.Core.EventTime;

namespace Rx.Alerting.Core.Tests.EventTime;

public sealed class EventTimeSchedulerTests
{
    private readonly EventTimeScheduler scheduler = new();
    private readonly List<string> ran = [];

    [Fact]
    public void Now_BeforeAnyWatermark_IsTheEarliestTime()
    {
        Assert.Equal(DateTimeOffset.MinValue, scheduler.Now);
        scheduler.AdvanceTo(long.MinValue);
        Assert.Equal(DateTimeOffset.MinValue, scheduler.Now);
    }

    [Fact]
    public void AdvanceTo_TimersDue_RunInOrderOfTimeThenOfScheduling()
    {
        At(20, "late");
        At(10, "first");
        At(10, "second");
        At(31, "not yet");
        scheduler.AdvanceTo(30);
        Assert.Equal(["first@10", "second@10", "late@20"], ran);
        Assert.Equal(30, scheduler.Clock);
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(30), scheduler.Now);
    }

    [Fact]
    public void AdvanceTo_TimerScheduledMeanwhile_RunsIfDue()
    {
        scheduler.Schedule(DateTimeOffset.FromUnixTimeMilliseconds(10), () =>
        {
            scheduler.Schedule(TimeSpan.FromMilliseconds(5), () => ran.Add($"due@{scheduler.Clock}"));
            scheduler.Schedule(TimeSpan.FromMilliseconds(50), () => ran.Add($"not yet@{scheduler.Clock}"));
        });
        scheduler.AdvanceTo(30);
        Assert.Equal(["due@15"], ran);
    }

    [Fact]
    public void AdvanceTo_BackwardsOrNowhere_DoesNothing()
    {
        scheduler.AdvanceTo(30);
        At(20, "overdue");
        scheduler.AdvanceTo(30);
        scheduler.AdvanceTo(10);
        Assert.Empty(ran);
        Assert.Equal(30, scheduler.Clock);
        scheduler.AdvanceTo(31);
        Assert.Equal(["overdue@30"], ran);
    }

    [Fact]
    public void AdvanceTo_TheEndOfTime_StopsAtTheLatestTime()
    {
        scheduler.AdvanceTo(long.MaxValue);
        scheduler.AdvanceTo(long.MaxValue);
        Assert.Equal(DateTimeOffset.MaxValue.ToUnixTimeMilliseconds(), scheduler.Now.ToUnixTimeMilliseconds());
    }

    [Fact]
    public void Schedule_PartOfAMillisecond_IsNeverEarly()
    {
        scheduler.AdvanceTo(100);
        scheduler.Schedule(TimeSpan.FromMilliseconds(0.1), () => ran.Add("timer"));
        scheduler.AdvanceTo(101);
        Assert.Equal(["timer"], ran);
    }

    [Fact]
    public void Schedule_Disposed_DoesNotRun()
    {
        At(10, "cancelled").Dispose();
        scheduler.AdvanceTo(20);
        Assert.Empty(ran);
    }

    [Fact]
    public void Timer_OfRx_FollowsEventTime()
    {
        scheduler.AdvanceTo(1_000);
        using var subscription = Observable.Interval(TimeSpan.FromSeconds(1), scheduler).Subscribe(n => ran.Add($"{n}@{scheduler.Clock}"));
        scheduler.AdvanceTo(3_500);
        Assert.Equal(["0@2000", "1@3000"], ran);
    }

    private IDisposable At(long time, string name) =>
        scheduler.Schedule(DateTimeOffset.FromUnixTimeMilliseconds(time), () => ran.Add($"{name}@{scheduler.Clock}"));
}
