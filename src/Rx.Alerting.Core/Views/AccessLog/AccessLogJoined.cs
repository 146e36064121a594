namespace Rx.Alerting.Core.Views.AccessLog;

/// <summary>Finds the next record on a line, where the line end was lost or written as <c>\n</c>.</summary>
/// <remarks>
/// <list type="bullet">
/// <item>A next record is there if a date, a request and a status stand behind the first status. Servers escape quotes within texts, so
/// no text looks like a record.</item>
/// <item>The next record begins for sure behind a <c>\n</c>, or behind a quote that no blank follows.</item>
/// <item>Else the words before its date may belong to the first record. Then the next record can be read only if the log has no virtual
/// hosts.</item>
/// </list>
/// </remarks>
internal static class AccessLogJoined
{
    private static ReadOnlySpan<byte> WrittenLineEnd => "\\n"u8;

    /// <summary>Finds what follows the first record of a line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="first">The first record of the line.</param>
    /// <param name="isReadable">Whether the rest can be read as a line of its own.</param>
    /// <returns>The rest of the line. Empty if the rest has no record.</returns>
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

    /// <summary>Where the next record begins for sure; -1 if that is in doubt.</summary>
    /// <param name="between">The text between a status and the next date.</param>
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
