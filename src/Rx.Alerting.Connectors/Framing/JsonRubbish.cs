namespace Rx.Alerting.Connectors.Framing;

/// <summary>Finds where rubbish among JSON objects ends, so that no object behind the rubbish is lost.</summary>
/// <remarks>
/// Every method gives the position behind the rubbish and its line end, or -1 if more bytes are needed. A line of an object that was cut
/// off or written wrongly may contain text that looks like another object. That text is a value of the broken object, unless it stands
/// directly behind a closing brace.
/// </remarks>
internal static class JsonRubbish
{
    /// <summary>
    /// Whether a byte may stand between objects: blanks, control characters (zero bytes, record separators), commas, brackets.
    /// </summary>
    internal static bool IsBetweenObjects(byte next) => next is <= (byte)' ' or (byte)',' or (byte)'[' or (byte)']';

    /// <summary>
    /// The end of bytes that do not begin like an object: the end of the line, or the position of an object on that line.
    /// </summary>
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

    /// <summary>The end of a broken object.</summary>
    /// <param name="text">Text that begins with the object.</param>
    /// <param name="at">The position at which the object is known to be broken.</param>
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

    /// <summary>
    /// The end of an object that was written over several lines. All its lines are indented, except the line that closes it.
    /// </summary>
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
