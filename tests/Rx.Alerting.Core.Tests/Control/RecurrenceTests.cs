using System.Globalization;
using Rx.Alerting.Core.Control;

namespace Rx.Alerting.Core.Tests.Control;

/// <summary>Windows by the clock of a time zone that changes to summer time and back.</summary>
public sealed class RecurrenceTests
{
    [Theory]
    [InlineData("0 3 * * *", "2026-03-28T00:00Z", "2026-03-28T02:00Z 2026-03-29T01:00Z 2026-03-30T01:00Z")]
    [InlineData("30 2 * * *", "2026-03-28T00:00Z", "2026-03-28T01:30Z 2026-03-29T01:00Z 2026-03-30T00:30Z")]
    [InlineData("30 2 * * *", "2026-10-24T00:00Z", "2026-10-24T00:30Z 2026-10-25T00:30Z 2026-10-26T01:30Z")]
    [InlineData("0 * * * *", "2026-10-25T00:00Z", "2026-10-25T01:00Z 2026-10-25T02:00Z 2026-10-25T03:00Z")]
    [InlineData("0 3 * * SUN", "2026-10-20T00:00Z", "2026-10-25T02:00Z 2026-11-01T02:00Z 2026-11-08T02:00Z")]
    public void After_AroundAChangeOfTheClock_IsByTheClockOfTheZone(string cron, string from, string expected)
    {
        var recurrence = new Recurrence(cron, "Europe/Berlin", 3_600_000, null);
        var starts = new List<long>();
        for (var time = Time(from); starts.Count < 3; time = starts[^1])
            starts.Add(recurrence.After(time)!.Value);

        Assert.Equal(expected.Split(' ').Select(Time), starts);
    }

    [Theory]
    [InlineData("2026-06-01T00:59Z", "2026-06-01T01:00Z")]
    [InlineData("2026-06-01T01:00Z", "2026-06-01T01:00Z")]
    [InlineData("2026-06-01T01:59Z", "2026-06-01T01:00Z")]
    [InlineData("2026-06-01T02:00Z", "2026-06-02T01:00Z")]
    public void AtOrAfter_InsideAWindowAndOutside_IsThatWindowOrTheNext(string now, string expected) =>
        Assert.Equal(Time(expected), new Recurrence("0 3 * * *", "Europe/Berlin", 3_600_000, null).AtOrAfter(Time(now)));

    [Fact]
    public void After_TheLimit_ThereIsNone()
    {
        var recurrence = new Recurrence("0 3 * * *", "UTC", 60_000, Time("2026-06-02T03:00Z"));

        Assert.Equal(Time("2026-06-02T03:00Z"), recurrence.After(Time("2026-06-01T03:00Z")));
        Assert.Null(recurrence.After(Time("2026-06-02T03:00Z")));
    }

    [Fact]
    public void After_ADayThatNeverComes_ThereIsNone() =>
        Assert.Null(new Recurrence("0 3 30 2 *", "UTC", 60_000, null).After(Time("2026-06-01T00:00Z")));

    private static long Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();
}
