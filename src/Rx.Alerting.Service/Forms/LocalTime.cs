using System.Globalization;

namespace Rx.Alerting.Service.Forms;

/// <summary>A time as somebody types it, by the clock of the time zone that the reader has chosen.</summary>
internal static class LocalTime
{
    /// <summary>What is said of other texts: a clause.</summary>
    public const string Fault = "must be a date and a time of day, such as 2026-11-30 08:00";

    private static readonly string[] Formats =
        ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss"];

    /// <summary>The time in UTC, as control messages have it. Null: it is none, or summer time leaves it out.</summary>
    public static string? Read(string text, TimeZoneInfo zone)
    {
        if (!DateTime.TryParseExact(text.Trim(), Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
            || zone.IsInvalidTime(local)
            || local.Year is < 2 or > 9998)
        {
            return null;
        }

        return TimeZoneInfo.ConvertTimeToUtc(local, zone).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
    }
}
