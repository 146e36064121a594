using System.Text;

namespace Rx.Alerting.Core.Views;

/// <summary>Reads the time zone that follows a time of day. Nothing allocates or throws.</summary>
internal static class TimeZoneText
{
    /// <summary>Reads a time zone.</summary>
    /// <remarks>
    /// <list type="bullet">
    /// <item><c>Z</c>, <c>UTC</c> or <c>GMT</c></item>
    /// <item>an offset: <c>+02:00</c>, <c>+0200</c> or <c>+02</c></item>
    /// <item>both, as Python writes them: <c>UTC+02:00</c></item>
    /// <item>nothing: UTC</item>
    /// </list>
    /// Blanks before the zone are skipped, and so is the name of the zone behind it: <c>CEST</c>, <c>[Europe/Berlin]</c>.
    /// </remarks>
    /// <param name="text">Everything that follows the time of day.</param>
    /// <param name="minutes">How far the zone is ahead of UTC.</param>
    /// <returns>False for any other text. A name alone is refused, because different writers mean different offsets by it.</returns>
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

    /// <summary>Whether a text may be the name of a zone: empty, blanks and letters, or anything in brackets.</summary>
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
