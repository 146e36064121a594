namespace Rx.Alerting.Connectors.Framing;

/// <summary>Each record stands behind its length, which is a varint.</summary>
internal sealed class DelimitedFraming(int maximumBytes) : RecordFraming
{
    /// <summary>The most bytes of a length. Five bytes reach 32 GiB.</summary>
    private const int LongestLength = 5;

    private long toSkip;

    internal override bool KnowsLengths => true;

    internal override Frame Next(ReadOnlySpan<byte> bytes, bool last)
    {
        var start = 0;
        long length = 0;
        byte next;
        do
        {
            if (start == LongestLength)
                return new(FrameKind.Lost, 0, bytes.Length, 0);
            if (start == bytes.Length)
                return Cut(bytes, last);
            next = bytes[start];
            length |= (long)(next & 0x7F) << (7 * start++);
        }
        while (next >= 0x80);
        if (length > maximumBytes)
        {
            toSkip = start + length;
            return new(FrameKind.TooLong, 0, bytes.Length, 0);
        }

        return length <= bytes.Length - start
            ? new(FrameKind.Record, start, (int)length, start + (int)length)
            : Cut(bytes, last);
    }

    internal override bool Skip(ReadOnlySpan<byte> bytes, out int skipped)
    {
        skipped = (int)Math.Min(bytes.Length, toSkip);
        toSkip -= skipped;
        return toSkip == 0;
    }

    private static Frame Cut(ReadOnlySpan<byte> bytes, bool last) =>
        new(last ? FrameKind.Cut : FrameKind.More, 0, bytes.Length, bytes.Length);
}
