using System.Text;

namespace Rx.Alerting.Core.Views;

/// <summary>What follows a time of day: where its clock stands. Nothing allocates, nothing throws.</summary>
internal static class TimeZoneText
{
    /// <summary>
    /// Reads <c>Z</c>, <c>UTC</c> or <c>GMT</c>; an offset such as <c>+02:00</c>, <c>+0200</c> or <c>+02</c>; or both (<c>UTC+02:00</c>, as Python writes
    /// it). Nothing is UTC. Blanks may be in front. The name of a zone behind, <c>CEST</c> or <c>[Europe/Berlin]</c>, is passed over.
    /// </summary>
    /// <param name="text">All that follows the time.</param>
    /// <param name="minutes">How far the clock is ahead of UTC.</param>
    /// <returns>False if the text is anything else, such as a name alone: which offset a name means depends on who wrote it.</returns>
    internal static bool TryParse(ReadOnlySpan<byte> text, out long minutes)
    {
        minutes = 0;
        var rest = text[LogWords.Blanks(text, 0)..];
        if (rest is [] or [(byte)'Z'])
            return true;
        var universal = char.IsAsciiLetter((char)rest[0]);
        if (universal && !TryTakeUniversal(ref rest))
            return false;
        if (!rest.IsEmpty && rest[0] is (byte)'+' or (byte)'-')
            return TryTakeOffset(ref rest, out minutes) && IsName(rest);
        return universal && IsName(rest);
    }

    private static bool TryTakeUniversal(ref ReadOnlySpan<byte> text)
    {
        var isName = text.Length >= 3 && (Ascii.EqualsIgnoreCase(text[..3], "UTC"u8) || Ascii.EqualsIgnoreCase(text[..3], "GMT"u8));
        if (!isName && (text[0] | 0x20) != 'z')
            return false;
        text = text[(isName ? 3 : 1)..];
        return true;
    }

    private static bool TryTakeOffset(ref ReadOnlySpan<byte> text, out long minutes)
    {
        minutes = 0;
        if (text.Length < 3)
            return false;
        var (sign, hour, minute) = (text[0] == '-' ? -1 : 1, EventTimeText.Pair(text, 1), 0L);
        text = text[3..];
        var colon = text.StartsWith(":"u8) ? 1 : 0;
        if (text.Length >= colon + 2 && (colon > 0 || char.IsAsciiDigit((char)text[0])))
        {
            minute = EventTimeText.Pair(text, colon);
            text = text[(colon + 2)..];
        }

        minutes = sign * ((hour * 60) + minute);
        return hour is >= 0 and < 24 && minute is >= 0 and < 60;
    }

    /// <summary>Whether a text is empty, blanks and perhaps letters, or anything in brackets.</summary>
    private static bool IsName(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || (text[0] == '[' && text[^1] == ']'))
            return true;
        if (text[0] != ' ')
            return false;
        foreach (var letter in text.TrimStart((byte)' '))
        {
            if (!char.IsAsciiLetter((char)letter))
                return false;
        }

        return true;
    }
}
