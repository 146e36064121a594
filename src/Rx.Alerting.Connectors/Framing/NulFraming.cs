namespace Rx.Alerting.Connectors.Framing;

/// <summary>Passes over NULs between records of text. NULs within a record end the record.</summary>
/// <remarks>
/// NULs come to be in two ways. A log was truncated while its writer kept its offset: it begins with NULs. The machine has crashed: NULs
/// are in the middle.
/// </remarks>
internal sealed class NulFraming(RecordFraming text) : RecordFraming
{
    internal override bool KnowsLengths => text.KnowsLengths;

    internal override Frame Next(ReadOnlySpan<byte> bytes, bool last)
    {
        if (bytes[0] == 0)
            return Frame.Blank(bytes.IndexOfAnyExcept((byte)0) is >= 0 and var run ? run : bytes.Length);
        var frame = text.Next(bytes, last);
        return FirstNul(bytes, frame) is > 0 and var cut ? text.Next(bytes[..cut], last: true) : frame;
    }

    internal override Frame Closely(ReadOnlySpan<byte> bytes, bool last)
    {
        var frame = text.Closely(bytes, last);
        return FirstNul(bytes, frame) is > 0 and var cut ? text.Closely(bytes[..cut], last: true) : frame;
    }

    internal override bool Skip(ReadOnlySpan<byte> bytes, out int skipped)
    {
        var over = text.Skip(bytes, out skipped);
        if (bytes[..skipped].IndexOf((byte)0) is not (>= 0 and var cut))
            return over;
        skipped = cut;
        return true;
    }

    private static int FirstNul(ReadOnlySpan<byte> bytes, in Frame frame) =>
        (frame.Kind is FrameKind.More or FrameKind.TooLong ? bytes : bytes[..frame.Consumed]).IndexOf((byte)0);
}
