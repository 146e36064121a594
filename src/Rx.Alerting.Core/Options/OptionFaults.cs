using System.Globalization;

namespace Rx.Alerting.Core.Options;

/// <summary>Collects every fault of a configuration, so that all are reported at once.</summary>
public sealed class OptionFaults
{
    private readonly List<string> faults = [];

    public IReadOnlyList<string> All => faults;

    /// <summary>Requires <paramref name="minimum"/> ≤ <paramref name="value"/> ≤ <paramref name="maximum"/>.</summary>
    public void Range<T>(string key, T value, T minimum, T maximum)
        where T : IComparable<T>, IFormattable
    {
        // A NaN compares as less than everything, so it is a fault too.
        if (value.CompareTo(minimum) < 0 || value.CompareTo(maximum) > 0)
            Add(key, $"is {Text(value)}, must be from {Text(minimum)} to {Text(maximum)}");
    }

    public void Require(bool condition, string key, string problem)
    {
        if (!condition)
            Add(key, problem);
    }

    /// <summary>Spans of time as people write them, in the largest unit that needs no fraction: <c>90s</c>, <c>30d</c>.</summary>
    private static string Text<T>(T value)
        where T : IFormattable
    {
        if (value is not TimeSpan span)
            return value.ToString(null, CultureInfo.InvariantCulture);

        var (unit, name) = span.Ticks switch
        {
            0 => (TimeSpan.TicksPerSecond, "s"),
            var ticks when ticks % TimeSpan.TicksPerDay == 0 => (TimeSpan.TicksPerDay, "d"),
            var ticks when ticks % TimeSpan.TicksPerHour == 0 => (TimeSpan.TicksPerHour, "h"),
            var ticks when ticks % TimeSpan.TicksPerMinute == 0 => (TimeSpan.TicksPerMinute, "m"),
            var ticks when ticks % TimeSpan.TicksPerSecond == 0 => (TimeSpan.TicksPerSecond, "s"),
            _ => (TimeSpan.TicksPerMillisecond, "ms"),
        };
        return string.Create(CultureInfo.InvariantCulture, $"{(decimal)span.Ticks / unit}{name}");
    }

    private void Add(string key, string problem) => faults.Add(string.Create(CultureInfo.InvariantCulture, $"{key} {problem}"));
}
