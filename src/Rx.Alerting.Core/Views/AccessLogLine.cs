using System.Buffers;

namespace Rx.Alerting.Core.Views;

/// <summary>The parts of a line of an access log, as ranges of the line.</summary>
internal ref struct AccessLogLine
{
    private const int DateLength = 26;
    private static readonly SearchValues<byte> QuoteOrEscape = SearchValues.Create("\"\\"u8);

    internal ReadOnlySpan<byte> Date { get; private set; }

    /// <summary>Without its port; empty if the line names none.</summary>
    internal Range VirtualHost { get; private set; }

    /// <summary>What was asked for, without query and fragment; empty if the request is no request.</summary>
    internal Range Path { get; private set; }

    internal Range Status { get; private set; }

    internal static bool TryParse(ReadOnlySpan<byte> line, out AccessLogLine parts)
    {
        parts = default;
        var date = FindDate(line);
        if (date < 0 || !parts.TryHost(line[..(date - 2)]))
            return false;

        parts.Date = line.Slice(date, DateLength);
        var at = date + DateLength + 1;
        if (!line[at..].StartsWith(" \""u8))
            return false;
        var request = at + 2;
        var length = QuotedLength(line[request..]);
        if (length < 0)
            return false;

        parts.Path = PathOf(line, request, length);
        var status = request + length + 2;
        parts.Status = status..(status + 3);
        return HasStatusAndSize(line[(status - 1)..], out var rest) && IsRest(rest);
    }

    /// <summary>Where the text in brackets that looks like a date begins. A user's name may have brackets, too.</summary>
    private static int FindDate(ReadOnlySpan<byte> line)
    {
        for (var from = 0; ;)
        {
            var found = line[from..].IndexOf(" ["u8);
            if (found < 0)
                return -1;
            from += found + 2;
            var rest = line[from..];
            if (rest.Length > DateLength && rest[DateLength] == ']' && rest[2] == '/' && rest[6] == '/')
                return from;
        }
    }

    /// <summary>
    /// Client, identity and user come before the date, and before them the virtual host, if any. A fourth word is the host;
    /// with more of them (a user's name with blanks) the first one is, if it ends in a port.
    /// </summary>
    private bool TryHost(ReadOnlySpan<byte> words)
    {
        var count = words.Count((byte)' ') + 1;
        if (count < 3 || words[0] == ' ')
            return false;
        if (count == 3)
            return true;

        var end = words.IndexOf((byte)' ');
        var colon = words[..end].LastIndexOf((byte)':');
        var port = colon >= 0 && colon + 1 < end && !words[(colon + 1)..end].ContainsAnyExceptInRange((byte)'0', (byte)'9');
        if (count == 4 || port)
            VirtualHost = 0..(port ? colon : end);
        if (words[VirtualHost].SequenceEqual("-"u8))
            VirtualHost = default;
        return true;
    }

    /// <summary>Bytes before the quote that closes a quoted text; -1 if none does. A backslash takes the next byte with it.</summary>
    private static int QuotedLength(ReadOnlySpan<byte> text)
    {
        for (var at = 0; at < text.Length; at += 2)
        {
            var found = text[at..].IndexOfAny(QuoteOrEscape);
            if (found < 0)
                return -1;
            at += found;
            if (text[at] == '"')
                return at;
        }

        return -1;
    }

    private static Range PathOf(ReadOnlySpan<byte> line, int start, int length)
    {
        var request = line.Slice(start, length);
        var method = request.IndexOf((byte)' ');
        if (method <= 0 || request[..method].ContainsAnyExceptInRange((byte)'A', (byte)'Z'))
            return default;

        start += method + 1;
        var target = request[(method + 1)..];
        var protocol = target.LastIndexOf(" HTTP/"u8);
        if (protocol >= 0)
            target = target[..protocol];
        var query = target.IndexOfAny((byte)'?', (byte)'#');
        if (query >= 0)
            target = target[..query];

        // What is asked of a proxy has scheme and host before the path.
        var scheme = target.IndexOf("://"u8);
        if (scheme > 0 && target[0] != '/')
        {
            var path = target[(scheme + 3)..].IndexOf((byte)'/');
            var skipped = path < 0 ? target.Length : scheme + 3 + path;
            start += skipped;
            target = target[skipped..];
        }

        return start..(start + target.Length);
    }

    /// <summary>Reads a blank, three digits, a blank, and digits or a dash.</summary>
    private static bool HasStatusAndSize(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> rest)
    {
        rest = default;
        if (text.Length < 6 || text[0] != ' ' || text[4] != ' ' || text[1..4].ContainsAnyExceptInRange((byte)'0', (byte)'9'))
            return false;
        rest = text[5..];
        var digits = rest.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        rest = digits < 0 ? [] : rest[0] == '-' ? rest[1..] : rest[digits..];
        return rest.Length != text.Length - 5;
    }

    /// <summary>Whether a text is words and quoted texts, each after a blank: referer, user agent and what else was configured.</summary>
    private static bool IsRest(ReadOnlySpan<byte> rest)
    {
        while (!rest.IsEmpty)
        {
            if (rest[0] != ' ')
                return false;
            rest = rest[1..];
            if (!rest.IsEmpty && rest[0] == '"')
            {
                var length = QuotedLength(rest[1..]);
                if (length < 0)
                    return false;
                rest = rest[(length + 2)..];
            }
            else
            {
                var blank = rest.IndexOf((byte)' ');
                rest = blank < 0 ? [] : rest[blank..];
            }
        }

        return true;
    }
}
