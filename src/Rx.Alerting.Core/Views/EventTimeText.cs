using System.Runtime.CompilerServices;

namespace Rx.Alerting.Core.Views;

/// <summary>Reads event times from texts and numbers, as milliseconds since the Unix epoch. Nothing allocates or throws.</summary>
internal static class EventTimeText
{
    /// <summary>2000-01-01T00:00:00Z, the earliest possible event time.</summary>
    internal const long Earliest = 946_684_800_000;

    /// <summary>2200-01-01T00:00:00Z. Every possible event time is earlier.</summary>
    internal const long End = 7_258_118_400_000;

    internal static bool IsPossible(long milliseconds) => milliseconds is >= Earliest and < End;

    /// <summary>
    /// Reads a time as ISO 8601 (<c>2026-11-22T08:30:00.123Z</c>) or as an epoch number. In ISO 8601, the T may be a blank, there may be
    /// any number of decimals, and the zone is read by <see cref="TimeZoneText"/>.
    /// </summary>
    /// <returns>False if the text is neither, or the time is outside the years 2000 to 2199.</returns>
    internal static bool TryParse(ReadOnlySpan<byte> text, out long milliseconds)
    {
        if (text is [(byte)' ', ..] or [.., (byte)' '])
            text = text.Trim((byte)' ');
        if (text.Length < 16 || text[4] != '-')
            return TryParseEpoch(text, out milliseconds);

        milliseconds = 0;
        if (text[7] != '-' || (text[10] | 0x20) is not ('t' or ' ') || text[13] != ':')
            return false;
        var (century, year, month, day) = (Pair(text, 0), Pair(text, 2), Pair(text, 5), Pair(text, 8));
        return (century | year | month | day) >= 0
            && TryClock(text[11..], out var timeOfDay)
            && TryCompose((century * 100) + year, month, day, timeOfDay, out milliseconds);
    }

    /// <summary>
    /// Reads a number of seconds, milliseconds, microseconds or nanoseconds since the epoch. The magnitude tells the unit, because the
    /// years 2000 to 2199 do not overlap in any two units. The number may have an exponent. Parts of a millisecond are cut off.
    /// </summary>
    internal static bool TryParseEpoch(ReadOnlySpan<byte> text, out long milliseconds)
    {
        const int LongestNanoseconds = 19;
        milliseconds = 0;
        if (!DecimalText.TryRead(text, out var number) || number.IsNegative || number.WholeDigits > LongestNanoseconds)
            return false;
        milliseconds = number.Whole() switch
        {
            < End / 1000 and var seconds => ((long)seconds * 1000) + number.Thousandths,
            < End and var exact => (long)exact,
            < End * 1000 and var microseconds => (long)(microseconds / 1000),
            var nanoseconds => (long)(nanoseconds / 1_000_000),
        };
        return IsPossible(milliseconds);
    }

    /// <summary>Reads the time of an access log: <c>17/May/2015:10:05:03 +0000</c>.</summary>
    /// <remarks>
    /// These variants are read, too:
    /// <list type="bullet">
    /// <item>a day with one digit</item>
    /// <item>a month in upper or lower case</item>
    /// <item>a blank in the place of the first colon</item>
    /// <item>decimals behind the seconds</item>
    /// <item>every zone that <see cref="TimeZoneText"/> reads</item>
    /// </list>
    /// </remarks>
    internal static bool TryParseLog(ReadOnlySpan<byte> text, out long milliseconds)
    {
        milliseconds = 0;
        if (text.Length < 19)
            return false;
        var day = text[1] == '/' || text[0] == ' ' ? Digit(text[text[0] == ' ' ? 1 : 0]) : Pair(text, 0);
        text = text[(text[1] == '/' ? 1 : 2)..];
        if (text[0] != '/' || text[4] != '/' || text[9] is not ((byte)':' or (byte)' ') || text[12] != ':' || text[15] != ':')
            return false;
        var (century, year) = (Pair(text, 5), Pair(text, 7));
        return (day | century | year) >= 0
            && TryClock(text[10..], out var timeOfDay)
            && TryCompose((century * 100) + year, Month(text.Slice(1, 3)), day, timeOfDay, out milliseconds);
    }

    /// <summary>Reads hour, minute, optional seconds, and the zone.</summary>
    /// <param name="text">At least five bytes.</param>
    /// <param name="timeOfDay">The time of day in UTC, in milliseconds. May be outside the day.</param>
    private static bool TryClock(ReadOnlySpan<byte> text, out long timeOfDay)
    {
        var (hour, minute) = (Pair(text, 0), Pair(text, 3));
        var rest = text[5..];
        timeOfDay = 0;
        if (hour is < 0 or > 23 || minute is < 0 or > 59)
            return false;
        if (!TryTakeSeconds(ref rest, out var second) || !TimeZoneText.TryParse(rest, out var offset))
            return false;
        timeOfDay = (((hour * 60) + minute - offset) * 60_000) + second;
        return true;
    }

    private static long Month(ReadOnlySpan<byte> name)
    {
        // The bit turns letters into lower case, and turns no other byte into a letter.
        ReadOnlySpan<byte> lower = [(byte)(name[0] | 0x20), (byte)(name[1] | 0x20), (byte)(name[2] | 0x20)];
        var index = "janfebmaraprmayjunjulaugsepoctnovdec"u8.IndexOf(lower);
        return index >= 0 && index % 3 == 0 ? (index / 3) + 1 : 0;
    }

    private static bool TryTakeSeconds(ref ReadOnlySpan<byte> rest, out long milliseconds)
    {
        milliseconds = 0;
        if (rest.IsEmpty || rest[0] != ':')
            return true;
        var seconds = rest.Length < 3 ? -1 : Pair(rest, 1);
        // 60 seconds are a leap second.
        if (seconds is < 0 or > 60)
            return false;
        rest = rest[3..];
        milliseconds = seconds * 1000;
        if (rest.IsEmpty || rest[0] is not ((byte)'.' or (byte)','))
            return true;

        var length = rest[1..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        var decimals = length < 0 ? rest[1..] : rest.Slice(1, length);
        rest = rest[(1 + decimals.Length)..];
        var valid = TryMilliseconds(decimals, out var fraction);
        milliseconds += fraction;
        return valid;
    }

    private static bool TryMilliseconds(ReadOnlySpan<byte> decimals, out long milliseconds)
    {
        milliseconds = 0;
        if (decimals.IsEmpty)
            return false;
        for (var i = 0; i < decimals.Length || i < 3; i++)
        {
            var digit = i < decimals.Length ? (uint)decimals[i] - '0' : 0;
            if (digit > 9)
                return false;
            if (i < 3)
                milliseconds = (milliseconds * 10) + digit;
        }

        return true;
    }

    private static bool TryCompose(long year, long month, long day, long timeOfDay, out long milliseconds)
    {
        milliseconds = 0;
        if (year is < 1999 or > 2200 || month is < 1 or > 12 || day < 1)
            return false;
        if (day > 28 && day > DateTime.DaysInMonth((int)year, (int)month))
            return false;
        milliseconds = (DaysSinceEpoch(year, month, day) * 86_400_000) + timeOfDay;
        return IsPossible(milliseconds);
    }

    /// <summary>Counts days of the Gregorian calendar. Years are taken to begin in March, so that the leap day comes last.</summary>
    private static long DaysSinceEpoch(long year, long month, long day)
    {
        if (month <= 2)
            year--;
        var monthFromMarch = (month + 9) % 12;
        var days = (year * 365) + (year / 4) - (year / 100) + (year / 400) + (((153 * monthFromMarch) + 2) / 5) + day - 1;
        const long Epoch = 719_468;
        return days - Epoch;
    }

    private static long Digit(byte text) => char.IsAsciiDigit((char)text) ? text - '0' : -1;

    /// <summary>The number that two digits make, or -1 if one of them is no digit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static long Pair(ReadOnlySpan<byte> text, int at)
    {
        var (tens, ones) = (text[at] - (uint)'0', text[at + 1] - (uint)'0');
        return tens > 9 || ones > 9 ? -1 : (tens * 10) + ones;
    }
}
