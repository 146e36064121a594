namespace Rx.Alerting.Connectors.Framing;

/// <summary>Where rubbish among JSON objects ends, so that it costs no object behind it.</summary>
/// <remarks>
/// All give the position behind the rubbish and its line end, or -1 where more bytes are needed to tell. No object can begin in the middle of a line of an object that was
/// cut off or written wrongly, unless it stands right behind a closing brace: what looks like an object there is a value.
/// </remarks>
internal static class JsonRubbish
{
    /// <summary>Blanks, other control characters (zero bytes, record separators) and what stands between the values of an array.</summary>
    internal static bool IsBetweenObjects(byte next) => next is <= (byte)' ' or (byte)',' or (byte)'[' or (byte)']';

    /// <summary>Bytes that do not begin as an object: to the end of the line, or to where an object begins on it.</summary>
    internal static int End(ReadOnlySpan<byte> text, bool last)
    {
        for (var at = 1; ; at++)
        {
            var next = text[at..].IndexOfAny((byte)'\n', (byte)'{');
            if (next < 0)
                return Rest(text, last);
            at += next;
            if (text[at] == '\n')
                return at + 1;
            var name = at + 1;
            while (name < text.Length && text[name] <= ' ')
                name++;
            if (name == text.Length && !last)
                return -1;
            if (name < text.Length && text[name] == '"')
                return at;
        }
    }

    /// <summary>An object that is broken.</summary>
    /// <param name="text">Begins with it.</param>
    /// <param name="at">Where it is seen to be broken.</param>
    /// <param name="last">No more bytes will come.</param>
    internal static int EndOfBrokenObject(ReadOnlySpan<byte> text, int at, bool last)
    {
        var line = text[..Math.Min(at + 1, text.Length)].IndexOf((byte)'\n');
        if (line >= 0)
            return EndOfIndented(text, line + 1, last);
        while (text[at..].IndexOfAny((byte)'\n', (byte)'}') is >= 0 and var next)
        {
            at += next + 1;
            if (text[at - 1] == '\n')
                return at;
            var behind = at;
            while (behind < text.Length && text[behind] != '\n' && IsBetweenObjects(text[behind]))
                behind++;
            if (behind == text.Length && !last)
                return -1;
            if (behind < text.Length && text[behind] == '{')
                return at;
        }

        return Rest(text, last);
    }

    /// <summary>The lines of an object that was written over several: they are indented, but for the one that closes it.</summary>
    private static int EndOfIndented(ReadOnlySpan<byte> text, int at, bool last)
    {
        while (at < text.Length)
        {
            var isLast = text[at] is (byte)'}' or (byte)']';
            if (!isLast && text[at] is not ((byte)' ' or (byte)'\t'))
                return at;
            var first = text[at..].IndexOfAnyExcept((byte)' ', (byte)'\t');
            if (first >= 0 && text[at + first] == '{')
                return at;
            var end = text[at..].IndexOf((byte)'\n');
            if (end < 0)
                return Rest(text, last);
            at += end + 1;
            if (isLast)
                return at;
        }

        return Rest(text, last);
    }

    private static int Rest(ReadOnlySpan<byte> text, bool last) => last ? text.Length : -1;
}
