namespace Rx.Alerting.Connectors.Files;

/// <summary>One record a line. Lines end in LF or CR LF; blank ones are no records.</summary>
internal sealed class LineFraming(int maximumBytes) : RecordFraming
{
    internal override bool KnowsLengths => false;

    internal override Frame Next(ReadOnlySpan<byte> bytes, bool last)
    {
        var end = bytes.IndexOf((byte)'\n');
        var length = end < 0 ? bytes.Length : end;
        if (length > maximumBytes)
            return new(FrameKind.TooLong, 0, maximumBytes, 0);
        if (end < 0 && !last)
            return new(FrameKind.More, 0, 0, 0);

        var consumed = end < 0 ? length : end + 1;
        if (length > 0 && bytes[length - 1] == '\r')
            length--;
        if ((length == 0 || bytes[0] <= ' ') && !bytes[..length].ContainsAnyExcept((byte)' ', (byte)'\t'))
            return new(FrameKind.Blank, 0, 0, consumed);
        return new(end < 0 ? FrameKind.Unterminated : FrameKind.Record, 0, length, consumed);
    }

    internal override bool Skip(ReadOnlySpan<byte> bytes, out int skipped)
    {
        var end = bytes.IndexOf((byte)'\n');
        skipped = end < 0 ? bytes.Length : end + 1;
        return end >= 0;
    }
}
