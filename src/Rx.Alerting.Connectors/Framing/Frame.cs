namespace Rx.Alerting.Connectors.Framing;

internal enum FrameKind
{
    /// <summary>The bytes end before the record does.</summary>
    More,

    /// <summary>A whole record.</summary>
    Record,

    /// <summary>A whole record if the decoder accepts it; if not, <see cref="RecordFraming.Closely"/> tells what it is.</summary>
    Likely,

    /// <summary>A <see cref="Likely"/> record that has been decoded.</summary>
    Decoded,

    /// <summary>A whole record at the end of the bytes; a line end that belongs to it may follow.</summary>
    Closed,

    /// <summary>The input's last record, which nothing marks as whole.</summary>
    Unterminated,

    /// <summary>The input ends within the record.</summary>
    Cut,

    /// <summary>Bytes that are no record.</summary>
    Blank,

    /// <summary>A record above the bound begins here; <see cref="RecordFraming.Skip"/> passes over it.</summary>
    TooLong,

    /// <summary>Nothing tells any more where records begin.</summary>
    Lost,
}

/// <summary>What the next bytes of an input are.</summary>
/// <param name="Kind">What they are.</param>
/// <param name="Start">Where the record begins.</param>
/// <param name="Length">The record's length.</param>
/// <param name="Consumed">Where the next record begins.</param>
internal readonly record struct Frame(FrameKind Kind, int Start, int Length, int Consumed)
{
    /// <summary>Bytes that are no record.</summary>
    internal static Frame Blank(int length) => new(FrameKind.Blank, 0, 0, length);

    /// <summary>A line, whose end is no part of the record.</summary>
    /// <param name="bytes">Begin with the line.</param>
    /// <param name="end">Where its LF is; the number of bytes if it has none.</param>
    internal static Frame Line(ReadOnlySpan<byte> bytes, int end)
    {
        var length = end > 0 && bytes[end - 1] == '\r' ? end - 1 : end;
        return end < bytes.Length ? new(FrameKind.Record, 0, length, end + 1) : new(FrameKind.Unterminated, 0, length, end);
    }
}
