using System.Buffers;

namespace Rx.Alerting.Core.Views.AccessLog;

/// <summary>The parts of a line of an access log, as ranges of the line.</summary>
/// <remarks>
/// A line has a date in brackets, a request in quotes, and a status, in this order. The part before the date serves only to find the
/// virtual host. The part behind the status is skipped, whatever it is and wherever it was cut.
/// </remarks>
internal ref struct AccessLogLine
{
    private const int ShortestDate = 19;

    /// <summary>Enough for nanoseconds and the name of a zone.</summary>
    private const int LongestDate = 64;

    private const int StatusLength = 3;
    private static readonly SearchValues<byte> QuoteOrEscape = SearchValues.Create("\"\\"u8);

    internal ReadOnlySpan<byte> Date { get; private set; }

    /// <summary>Length of the part before the date and its bracket, in bytes.</summary>
    internal int HeadLength { get; private set; }

    /// <summary>The virtual host without its port. Empty if the line has no virtual host.</summary>
    internal Range VirtualHost { get; private set; }

    /// <summary>The path of the request, without query and fragment. Empty if the text in quotes is no request.</summary>
    internal Range Path { get; private set; }

    /// <summary>The method of the request. Empty if the text in quotes is no request.</summary>
    internal Range Method { get; private set; }

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
        parts.Path = AccessLogRequest.Path(line, request, length, out var method);
        parts.Method = method;
        parts.Status = status..(status + StatusLength);
        return true;
    }

    /// <summary>
    /// Finds the request: the quoted text behind a date in brackets. A user's name may have brackets, too, so the text in the brackets must
    /// look like a date.
    /// </summary>
    /// <returns>The position behind the opening quote, or -1.</returns>
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
            var isDate = rest.Length > ShortestDate && (HasSlashes(rest, 2) || HasSlashes(rest, 1));
            if (!isDate || (from > 1 && !LogWords.IsBlank(line[from - 2])))
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

    /// <summary>Whether slashes stand behind the day and behind the month.</summary>
    /// <param name="date">The date.</param>
    /// <param name="day">How many digits the day has.</param>
    private static bool HasSlashes(ReadOnlySpan<byte> date, int day) => date[day] == '/' && date[day + 4] == '/';

    /// <summary>Finds the quote that closes the request: the first quote that a status follows.</summary>
    /// <remarks>
    /// Not every server escapes the quotes within a request, so other quotes are skipped. A backslash escapes the next byte, unless no
    /// closing quote is found in this way.
    /// </remarks>
    /// <param name="text">The text behind the opening quote.</param>
    /// <param name="status">Where in the text the status begins.</param>
    /// <returns>The length of the request, or -1 if there is no closing quote.</returns>
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

    /// <summary>Whether blanks, three digits, and a blank or the end follow a quote.</summary>
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
