namespace Rx.Alerting.Core.Views.AccessLog;

/// <summary>Records that stand on one line, because the line ends between them were lost or written as <c>\n</c>.</summary>
/// <remarks>
/// Another record follows where a date, a request and a status stand behind the status. Servers escape the quotes within a text, so no text looks like this.
/// The next record begins behind a <c>\n</c>, or behind a quote that no blank follows. Anywhere else, the words before its date may belong to the record
/// before. Then the next record can be read only if the log has no virtual hosts.
/// </remarks>
internal static class AccessLogJoined
{
    private static ReadOnlySpan<byte> WrittenLineEnd => "\\n"u8;

    /// <summary>What follows the first record of a line; empty if that is no record.</summary>
    /// <param name="line">The line.</param>
    /// <param name="first">Its first record.</param>
    /// <param name="isReadable">Whether what follows can be read as a line of its own.</param>
    internal static Range Find(ReadOnlySpan<byte> line, in AccessLogLine first, out bool isReadable)
    {
        var behind = first.Status.End.Value;
        var rest = line[behind..];
        isReadable = false;
        if (!rest.Contains((byte)'[') || !AccessLogLine.TryParse(rest, out var next) || next.Path.Equals(default))
            return default;
        var between = rest[..next.HeadLength];
        var start = Start(between);
        if (start < 0 && first.VirtualHost.Equals(default))
            start = next.HeadLength;
        isReadable = start >= 0 && !EndsInQuotes(between);
        return (behind + Math.Max(start, 0))..line.Length;
    }

    /// <summary>Where the next record begins for sure, or -1.</summary>
    /// <param name="between">What stands between a status and the next date.</param>
    private static int Start(ReadOnlySpan<byte> between)
    {
        var quote = between.LastIndexOf((byte)'"') + 1;
        var lineEnd = between[quote..].IndexOf(WrittenLineEnd);
        if (lineEnd >= 0)
            return quote + lineEnd + WrittenLineEnd.Length;
        return quote > 0 && quote < between.Length && !LogWords.IsBlank(between[quote]) ? quote : -1;
    }

    private static bool EndsInQuotes(ReadOnlySpan<byte> text)
    {
        var inQuotes = false;
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '\\')
                at++;
            else if (text[at] == '"')
                inQuotes = !inQuotes;
        }

        return inQuotes;
    }
}
