namespace Rx.Alerting.Connectors.Framing;

/// <summary>
/// One record a line. Lines end in LF or CR LF; blank ones are no records, nor are zero bytes before a line, as a log has that was cut off while it was written.
/// </summary>
internal sealed class LineFraming(int maximumBytes) : RecordFraming
{
    internal override bool KnowsLengths => false;

    internal override Frame Next(ReadOnlySpan<byte> bytes, bool last)
    {
        if (bytes[0] is 0 or 0xEF && NoText(bytes, last) is { } none)
            return none;
        var end = bytes.IndexOf((byte)'\n');
        var length = end < 0 ? bytes.Length : end;
        if (length > maximumBytes)
            return new(FrameKind.TooLong, 0, maximumBytes, 0);
        if (end < 0 && !last)
            return new(FrameKind.More, 0, 0, 0);

        var line = Frame.Line(bytes, length);
        var isBlank = (line.Length == 0 || bytes[0] <= ' ') && !bytes[..line.Length].ContainsAnyExcept((byte)' ', (byte)'\t');
        return isBlank ? Frame.Blank(line.Consumed) : line;
    }

    internal override bool Skip(ReadOnlySpan<byte> bytes, out int skipped)
    {
        var end = bytes.IndexOf((byte)'\n');
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
