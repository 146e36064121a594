namespace Rx.Alerting.Connectors.Charts;

/// <summary>Times of a time zone that are round, for the axis of a picture.</summary>
internal static class RoundTimes
{
    private static readonly TimeSpan[] Steps =
    [
        .. new[] { 1, 2, 5, 10, 15, 30 }.Select(seconds => TimeSpan.FromSeconds(seconds)),
        .. new[] { 1, 2, 5, 10, 15, 30 }.Select(minutes => TimeSpan.FromMinutes(minutes)),
        .. new[] { 1, 2, 3, 6, 12 }.Select(hours => TimeSpan.FromHours(hours)),
        .. new[] { 1, 2, 7, 14, 30, 90, 365 }.Select(days => TimeSpan.FromDays(days)),
    ];

    /// <summary>Round times from first to last, in their order.</summary>
    /// <param name="first">Where the axis begins.</param>
    /// <param name="last">Where it ends.</param>
    /// <param name="most">At most so many, at least 1.</param>
    /// <param name="zone">Whose times are round.</param>
    public static IEnumerable<DateTimeOffset> Between(DateTimeOffset first, DateTimeOffset last, int most, TimeZoneInfo zone)
    {
        var step = Steps.FirstOrDefault(step => (last - first) / step <= most, Steps[^1]);
        var local = TimeZoneInfo.ConvertTime(first, zone).DateTime.Ticks;
        for (var ticks = (local + step.Ticks - 1) / step.Ticks * step.Ticks; ticks - local <= (last - first).Ticks; ticks += step.Ticks)
            yield return first.AddTicks(ticks - local);
    }
}
