namespace Rx.Alerting.Connectors.Files.Following;

/// <summary>
/// Passes over NULs between lines of text, however many there are; within a line, they end it. A log that was cut off under a writer that keeps its
/// offset begins with them, and a crash of the machine leaves them in the middle.
/// </summary>
internal sealed class NulFraming(RecordFraming lines) : RecordFraming
{
    internal override bool KnowsLengths => lines.KnowsLengths;

    internal override Frame Next(ReadOnlySpan<byte> bytes, bool last)
    {
        if (bytes[0] == 0)
            return new(FrameKind.Blank, 0, 0, bytes.IndexOfAnyExcept((byte)0) is >= 0 and var run ? run : bytes.Length);
        var frame = lines.Next(bytes, last);
        var line = frame.Kind is FrameKind.More or FrameKind.TooLong ? bytes : bytes[..frame.Consumed];
        return line.IndexOf((byte)0) is > 0 and var cut ? lines.Next(bytes[..cut], last: true) : frame;
    }

    internal override bool Skip(ReadOnlySpan<byte> bytes, out int skipped)
    {
        var over = lines.Skip(bytes, out skipped);
        if (bytes[..skipped].IndexOf((byte)0) is not (>= 0 and var cut))
            return over;
        skipped = cut;
        return true;
    }
}
