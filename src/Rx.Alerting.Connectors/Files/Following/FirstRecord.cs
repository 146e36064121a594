using Rx.Alerting.Connectors.Framing;

namespace Rx.Alerting.Connectors.Files.Following;

/// <summary>Tells the format of a file that is still being written, from its first record.</summary>
internal static class FirstRecord
{
    private const int LinesTried = 20;

    /// <summary>Tells the format. Null if no whole record tells it yet, or if the file cannot be read.</summary>
    /// <param name="head">The bytes that are there so far.</param>
    /// <param name="whole">Whether no more bytes will come, or no more are looked at.</param>
    /// <param name="refusal">Why the file cannot be read. Null if it can, or if that is not known yet.</param>
    internal static RecordFormat? Tell(ReadOnlySpan<byte> head, bool whole, out string? refusal)
    {
        refusal = null;
        var lines = head[..(head.LastIndexOfAny((byte)'\n', (byte)'\r') + 1)];
        var text = ForeignData.TextWithoutMark(lines).TrimStart(" \t\r\n"u8);
        var format = FormatDetection.Detect(head);
        if (format is { } told && !RecordFormats.Of(told).IsText)
            return format;

        // Protocol Buffers may look like text. Their first byte, a length, may be a brace, and the byte behind it is mostly an LF.
        var last = whole || Math.Max(lines.Count((byte)'\n'), lines.Count((byte)'\r')) >= LinesTried;
        var tells = text.IndexOfAny((byte)'\n', (byte)'\r') > 1 || FormatDetection.Views(RecordFormat.MuxJson, head) > 0;
        if (format is not null)
            return tells || (last && !head.IsEmpty) ? format : null;
        if (last)
            refusal = FormatDetection.WhyNot(head, $"set Follow:Format to {FormatDetection.Choice}");
        return null;
    }

    /// <summary>Whether the bytes are a part of a byte order mark, and no more bytes are there yet.</summary>
    internal static bool MayBeMark(ReadOnlySpan<byte> head) => head.Length < 3 && "\uFEFF"u8.StartsWith(head);
}
