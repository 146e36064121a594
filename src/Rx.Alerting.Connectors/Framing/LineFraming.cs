namespace Rx.Alerting.Connectors.Framing;

/// <summary>One record a line.</summary>
/// <remarks>
/// <list type="bullet">
/// <item>Lines end in LF, CR LF or CR. Servers escape a CR within a text, so a CR can only be the end of a line.</item>
/// <item>Blank lines are not records.</item>
/// <item>Zero bytes before a line are not records. A log has them that was truncated while it was written.</item>
/// </list>
/// </remarks>
internal sealed class LineFraming(int maximumBytes) : RecordFraming
{
    internal override bool KnowsLengths => false;

    internal override Frame Next(ReadOnlySpan<byte> bytes, bool last)
    {
        if (bytes[0] is 0 or 0xEF && NoText(bytes, last) is { } none)
            return none;
        var end = bytes.IndexOfAny((byte)'\n', (byte)'\r');
        var length = end < 0 ? bytes.Length : end;
        if (length > maximumBytes)
            return new(FrameKind.TooLong, 0, maximumBytes, 0);
        if (end < 0 && !last)
            return new(FrameKind.More, 0, 0, 0);

        var isBlank = (length == 0 || bytes[0] <= ' ') && !bytes[..length].ContainsAnyExcept((byte)' ', (byte)'\t');
        if (end >= 0 && !last && bytes[end..] is [(byte)'\r'])
            return isBlank ? new(FrameKind.More, 0, 0, 0) : new(FrameKind.Closed, 0, length, length);
        var consumed = end < 0 ? length : end + (bytes[end..].StartsWith("\r\n"u8) ? 2 : 1);
        return isBlank ? Frame.Blank(consumed) : new(end < 0 ? FrameKind.Unterminated : FrameKind.Record, 0, length, consumed);
    }

    internal override bool Skip(ReadOnlySpan<byte> bytes, out int skipped)
    {
        var end = bytes.IndexOfAny((byte)'\n', (byte)'\r');
        skipped = end < 0 ? bytes.Length : end + 1;
        return end >= 0;
    }

    private static Frame? NoText(ReadOnlySpan<byte> bytes, bool last)
    {
        if (bytes[0] != 0)
            return ByteOrderMark(bytes, last);
        var zeros = bytes.IndexOfAnyExcept((byte)0);
        return Frame.Blank(zeros < 0 ? bytes.Length : zeros);
    }
}
