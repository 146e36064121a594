namespace Rx.Alerting.Connectors.Framing;

internal enum FrameKind
{
    /// <summary>The bytes end before the record does.</summary>
    More,

    /// <summary>A whole record.</summary>
    Record,

    /// <summary>A whole record if the decoder accepts it. If not, <see cref="RecordFraming.Closely"/> tells what the bytes are.</summary>
    Likely,

    /// <summary>A <see cref="Likely"/> record that has been decoded.</summary>
    Decoded,

    /// <summary>A whole record at the end of the bytes. A line end that belongs to the record may follow.</summary>
    Closed,

    /// <summary>The input's last record, which nothing marks as whole.</summary>
    Unterminated,

    /// <summary>The input ends within the record.</summary>
    Cut,

    /// <summary>Bytes that are no record.</summary>
    Blank,

    /// <summary>The beginning of a record above the bound. <see cref="RecordFraming.Skip"/> passes over the record.</summary>
    TooLong,

    /// <summary>Bytes from which on nobody can tell where records begin.</summary>
    Lost,
}

/// <summary>What the next bytes of an input are.</summary>
/// <param name="Kind">What the bytes are.</param>
/// <param name="Start">Where the record begins.</param>
/// <param name="Length">The record's length.</param>
/// <param name="Consumed">Where the next record begins.</param>
internal readonly record struct Frame(FrameKind Kind, int Start, int Length, int Consumed)
{
    /// <summary>Bytes that are no record.</summary>
    internal static Frame Blank(int length) => new(FrameKind.Blank, 0, 0, length);

    /// <summary>A line. Its line end is not a part of the record.</summary>
    /// <param name="bytes">Bytes that begin with the line.</param>
    /// <param name="end">Where the LF of the line is; the number of bytes if there is none.</param>
    internal static Frame Line(ReadOnlySpan<byte> bytes, int end)
    {
        var length = end > 0 && bytes[end - 1] == '\r' ? end - 1 : end;
        return end < bytes.Length ? new(FrameKind.Record, 0, length, end + 1) : new(FrameKind.Unterminated, 0, length, end);
    }
}
