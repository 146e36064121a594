using System.Runtime.CompilerServices;

namespace Rx.Alerting.Core.Views;

/// <summary>Event times as texts and numbers, to milliseconds since the Unix epoch. Nothing allocates, nothing throws.</summary>
internal static class EventTimeText
{
    /// <summary>2000-01-01T00:00:00Z, the earliest event time there can be.</summary>
    internal const long Earliest = 946_684_800_000;

    /// <summary>2200-01-01T00:00:00Z, from which on no event time can be.</summary>
    internal const long End = 7_258_118_400_000;

    internal static bool IsPossible(long milliseconds) => milliseconds is >= Earliest and < End;

    /// <summary>
    /// Reads ISO 8601 (<c>2026-11-22T08:30:00.123Z</c>; a blank for the T, any number of decimals, an offset such as
    /// <c>+02:00</c>, <c>+0200</c> or <c>+02</c>; without one it is UTC), or an epoch number.
    /// </summary>
    /// <returns>False if the text is neither, or the time is outside the years 2000 to 2199.</returns>
    internal static bool TryParse(ReadOnlySpan<byte> text, out long milliseconds)
    {
        if (text.Length < 16 || text[4] != '-')
            return TryParseEpoch(text, out milliseconds);

        milliseconds = 0;
        if (text[7] != '-' || (text[10] | 0x20) is not ('t' or ' ') || text[13] != ':')
            return false;
        var (century, year, month, day) = (Pair(text, 0), Pair(text, 2), Pair(text, 5), Pair(text, 8));
        var (hour, minute) = (Pair(text, 11), Pair(text, 14));
        if ((century | year | month | day | hour | minute) < 0)
            return false;

        var rest = text[16..];
        if (!TryTakeSeconds(ref rest, out var second) || !TryZone(rest, out var offsetMinutes))
            return false;
        return TryCompose((century * 100) + year, month, day, hour, minute, second, offsetMinutes, out milliseconds);
    }

    /// <summary>
    /// Reads seconds or milliseconds since the epoch. Which of them is told by magnitude: the years 2000 to 2199 in the one
    /// and in the other do not overlap. Decimals are read and cut off below the millisecond.
    /// </summary>
    internal static bool TryParseEpoch(ReadOnlySpan<byte> text, out long milliseconds)
    {
        milliseconds = 0;
        var point = text.IndexOf((byte)'.');
        var whole = point < 0 ? text : text[..point];
        if (whole.Length is 0 or > 15 || !TryDigits(whole, out var number))
            return false;

        long decimals = 0;
        if (point >= 0 && !TryMilliseconds(text[(point + 1)..], out decimals))
            return false;
        milliseconds = number < End / 1000 ? (number * 1000) + decimals : number;
        return IsPossible(milliseconds);
    }

    /// <summary>Reads the time of an access log: <c>17/May/2015:10:05:03 +0000</c>.</summary>
    internal static bool TryParseLog(ReadOnlySpan<byte> text, out long milliseconds)
    {
        milliseconds = 0;
        if (text.Length != 26 || text[2] != '/' || text[6] != '/' || text[11] != ':' || text[14] != ':' || text[17] != ':' || text[20] != ' ')
            return false;
        var (day, century, year) = (Pair(text, 0), Pair(text, 7), Pair(text, 9));
        var (hour, minute, second) = (Pair(text, 12), Pair(text, 15), Pair(text, 18));
        return (day | century | year | hour | minute | second) >= 0 && TryZone(text[21..], out var offset)
            && TryCompose((century * 100) + year, Month(text.Slice(3, 3)), day, hour, minute, second * 1000, offset, out milliseconds);
    }

    private static long Month(ReadOnlySpan<byte> name)
    {
        var index = "JanFebMarAprMayJunJulAugSepOctNovDec"u8.IndexOf(name);
        return index >= 0 && index % 3 == 0 ? (index / 3) + 1 : 0;
    }

    private static bool TryTakeSeconds(ref ReadOnlySpan<byte> rest, out long milliseconds)
    {
        milliseconds = 0;
        if (rest.IsEmpty || rest[0] != ':')
            return true;
        var seconds = rest.Length < 3 ? -1 : Pair(rest, 1);
        if (seconds < 0)
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

    private static bool TryZone(ReadOnlySpan<byte> zone, out long minutes)
    {
        minutes = 0;
        if (zone.IsEmpty)
            return true;
        if ((zone[0] | 0x20) == 'z')
            return zone.Length == 1;
        if (zone[0] is not ((byte)'+' or (byte)'-') || zone.Length is not (3 or 5 or 6) || (zone.Length == 6 && zone[3] != ':'))
            return false;
        var (hour, minute) = (Pair(zone, 1), zone.Length > 3 ? Pair(zone, zone.Length - 2) : 0);
        minutes = ((hour * 60) + minute) * (zone[0] == '-' ? -1 : 1);
        return hour is >= 0 and < 24 && minute is >= 0 and < 60;
    }

    private static bool TryCompose(
        long year, long month, long day, long hour, long minute, long second, long offsetMinutes, out long milliseconds)
    {
        milliseconds = 0;
        // 60 seconds are a leap second.
        if (year is < 1999 or > 2200 || month is < 1 or > 12 || day < 1 || hour > 23 || minute > 59 || second >= 61_000)
            return false;
        if (day > 28 && day > DateTime.DaysInMonth((int)year, (int)month))
            return false;
        milliseconds = (((((DaysSinceEpoch(year, month, day) * 24) + hour) * 60) + minute - offsetMinutes) * 60_000) + second;
        return IsPossible(milliseconds);
    }

    /// <summary>Days of the Gregorian calendar by years that begin in March, so that the leap day comes last.</summary>
    private static long DaysSinceEpoch(long year, long month, long day)
    {
        if (month <= 2)
            year--;
        var monthFromMarch = (month + 9) % 12;
        var days = (year * 365) + (year / 4) - (year / 100) + (year / 400) + (((153 * monthFromMarch) + 2) / 5) + day - 1;
        const long Epoch = 719_468;
        return days - Epoch;
    }

    /// <summary>The number of two digits, or -1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long Pair(ReadOnlySpan<byte> text, int at)
    {
        var (tens, ones) = (text[at] - (uint)'0', text[at + 1] - (uint)'0');
        return tens > 9 || ones > 9 ? -1 : (tens * 10) + ones;
    }

    private static bool TryDigits(ReadOnlySpan<byte> text, out long number)
    {
        number = 0;
        foreach (var character in text)
        {
            var digit = (uint)character - '0';
            if (digit > 9)
                return false;
            number = (number * 10) + digit;
        }

        return true;
    }
}
