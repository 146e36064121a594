using System.Globalization;

namespace Rx.Alerting.Core.Options;

/// <summary>Spans of time as people write them: <c>250ms</c>, <c>30s</c>, <c>2m</c>, <c>1.5h</c>, <c>7d</c>, or <c>hh:mm:ss</c>.</summary>
public static class Duration
{
    public const string Notation = "a span of time such as 250ms, 30s, 2m, 1.5h, 7d or 00:02:00";

    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    private static readonly (string Suffix, TimeSpan Unit)[] Units =
    [
        ("ms", TimeSpan.FromMilliseconds(1)),
        ("s", TimeSpan.FromSeconds(1)),
        ("m", TimeSpan.FromMinutes(1)),
        ("h", TimeSpan.FromHours(1)),
        ("d", TimeSpan.FromDays(1)),
    ];

    public static bool TryParse(string text, out TimeSpan value)
    {
        text = text.Trim();
        if (text.Contains(':'))
            return TimeSpan.TryParseExact(text, ["c", @"h\:mm", @"h\:mm\:ss"], CultureInfo.InvariantCulture, out value);

        foreach (var (suffix, unit) in Units)
        {
            if (text.EndsWith(suffix, StringComparison.Ordinal)
                && decimal.TryParse(text[..^suffix.Length].TrimEnd(), NumberStyles.AllowDecimalPoint, Culture, out var number)
                && number <= (decimal)TimeSpan.MaxValue.Ticks / unit.Ticks)
            {
                value = TimeSpan.FromTicks((long)(number * unit.Ticks));
                return true;
            }
        }

        value = default;
        return false;
    }

    /// <summary>The shortest notation that is exact: the largest unit that needs no fraction.</summary>
    public static string Format(TimeSpan value)
    {
        foreach (var (suffix, unit) in Units.Reverse())
        {
            if (value.Ticks % unit.Ticks == 0 && (value != TimeSpan.Zero || suffix == "s"))
                return string.Create(CultureInfo.InvariantCulture, $"{value.Ticks / unit.Ticks}{suffix}");
        }

        return value.ToString("c", CultureInfo.InvariantCulture);
    }
}
