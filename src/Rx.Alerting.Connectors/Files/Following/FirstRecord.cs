using Rx.Alerting.Connectors.Framing;

namespace Rx.Alerting.Connectors.Files.Following;

/// <summary>Tells a format from the beginning of a file that is still being written.</summary>
internal static class FirstRecord
{
    private const int LinesTried = 20;

    /// <summary>Null as long as no whole record tells, or if there is a refusal.</summary>
    /// <param name="head">What is there so far.</param>
    /// <param name="whole">No more will come, or no more is looked at.</param>
    /// <param name="refusal">Why the file cannot be read.</param>
    internal static RecordFormat? Tell(ReadOnlySpan<byte> head, bool whole, out string? refusal)
    {
        refusal = null;
        var lines = head[..(head.LastIndexOfAny((byte)'\n', (byte)'\r') + 1)];
        var text = ForeignData.TextWithoutMark(lines).TrimStart(" \t\r\n"u8);
        var format = FormatDetection.Detect(head);
        if (format is { } told && !RecordFormats.Of(told).IsText)
            return format;

        // The first byte of Protocol Buffers, a length, can be a brace, and LF is the commonest one behind it.
        var last = whole || Math.Max(lines.Count((byte)'\n'), lines.Count((byte)'\r')) >= LinesTried;
        var tells = text.IndexOfAny((byte)'\n', (byte)'\r') > 1 || FormatDetection.Views(RecordFormat.MuxJson, head) > 0;
        if (format is not null)
            return tells || (last && !head.IsEmpty) ? format : null;
        if (last)
            refusal = FormatDetection.WhyNot(head, $"set Follow:Format to {FormatDetection.Choice}");
        return null;
    }

    /// <summary>Whether the bytes are a part of a byte order mark and no more is there yet.</summary>
    internal static bool MayBeMark(ReadOnlySpan<byte> head) => head.Length < 3 && "\uFEFF"u8.StartsWith(head);
}
