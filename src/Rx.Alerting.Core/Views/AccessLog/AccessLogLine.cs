using System.Buffers;

namespace Rx.Alerting.Core.Views.AccessLog;

/// <summary>The parts of a line of an access log, as ranges of the line.</summary>
/// <remarks>
/// A line is a date in brackets, a request in quotes and a status, one after the other. What stands before the date only says
/// whether there is a virtual host; what stands behind the status is passed over, whatever it is and wherever it was cut.
/// </remarks>
internal ref struct AccessLogLine
{
    private const int ShortestDate = 19;

    /// <summary>With nanoseconds and the name of a zone.</summary>
    private const int LongestDate = 64;

    private const int StatusLength = 3;
    private static readonly SearchValues<byte> QuoteOrEscape = SearchValues.Create("\"\\"u8);

    internal ReadOnlySpan<byte> Date { get; private set; }

    /// <summary>How much stands before the date and its bracket.</summary>
    internal int HeadLength { get; private set; }

    /// <summary>Without its port; empty if the line names none.</summary>
    internal Range VirtualHost { get; private set; }

    /// <summary>What was asked for, without query and fragment; empty if the request is no request.</summary>
    internal Range Path { get; private set; }

    internal Range Status { get; private set; }

    internal static bool TryParse(ReadOnlySpan<byte> line, out AccessLogLine parts)
    {
        parts = default;
        var request = FindRequest(line, out var date);
        if (request < 0)
            return false;
        var length = RequestLength(line[request..], out var status);
        if (length < 0)
            return false;

        status += request;
        parts.Date = line[date];
        parts.HeadLength = date.Start.Value - 1;
        parts.VirtualHost = AccessLogHost.Find(line[..parts.HeadLength]);
        parts.Path = AccessLogRequest.Path(line, request, length);
        parts.Status = status..(status + StatusLength);
        return true;
    }

    /// <summary>Where the quoted text behind a text in brackets that looks like a date begins. A user's name may have brackets, too.</summary>
    /// <returns>The position behind the quote, or -1.</returns>
    private static int FindRequest(ReadOnlySpan<byte> line, out Range date)
    {
        date = default;
        for (var from = 0; ;)
        {
            var found = line[from..].IndexOf((byte)'[');
            if (found < 0)
                return -1;
            from += found + 1;
            var rest = line[from..];
            if (rest.Length <= ShortestDate || !(HasSlashes(rest, 2) || HasSlashes(rest, 1)) || (from > 1 && !LogWords.IsBlank(line[from - 2])))
                continue;
            var length = rest[..Math.Min(rest.Length, LongestDate)].IndexOf((byte)']');
            if (length < ShortestDate)
                continue;
            var quote = LogWords.Blanks(line, from + length + 1);
            if (quote == line.Length || line[quote] != '"')
                continue;
            date = from..(from + length);
            return quote + 1;
        }
    }

    /// <summary>Whether slashes stand behind a day and behind a month.</summary>
    private static bool HasSlashes(ReadOnlySpan<byte> date, int day) => date[day] == '/' && date[day + 4] == '/';

    /// <summary>
    /// Bytes before the quote that closes the request: the first one that a status follows, because not every server escapes
    /// the quotes within. A backslash takes the next byte with it, unless no quote is found so.
    /// </summary>
    /// <param name="text">What follows the opening quote.</param>
    /// <param name="status">Where in the text the status begins.</param>
    /// <returns>-1 if there is no such quote.</returns>
    private static int RequestLength(ReadOnlySpan<byte> text, out int status)
    {
        var escaped = false;
        for (var at = 0; at < text.Length; at++)
        {
            var found = text[at..].IndexOfAny(QuoteOrEscape);
            if (found < 0)
                break;
            at += found;
            if (text[at] == '\\')
                escaped = text[++at..].StartsWith("\""u8) || escaped;
            else if (IsBeforeStatus(text, at, out status))
                return at;
            else if (AccessLogRequest.HasProtocol(text[..at]))
                return -1;
        }

        status = 0;
        return escaped ? UnescapedLength(text, out status) : -1;
    }

    private static int UnescapedLength(ReadOnlySpan<byte> text, out int status)
    {
        status = 0;
        for (var at = 0; at < text.Length; at++)
        {
            var found = text[at..].IndexOf((byte)'"');
            if (found < 0)
                return -1;
            at += found;
            if (IsBeforeStatus(text, at, out status))
                return at;
        }

        return -1;
    }

    /// <summary>Whether behind the quote at a position come blanks, three digits, and a blank or the end.</summary>
    private static bool IsBeforeStatus(ReadOnlySpan<byte> text, int quote, out int status)
    {
        status = LogWords.Blanks(text, quote + 1);
        var end = status + StatusLength;
        return status > quote + 1
            && end <= text.Length
            && !text[status..end].ContainsAnyExceptInRange((byte)'0', (byte)'9')
            && (end == text.Length || LogWords.IsBlank(text[end]));
    }
}
