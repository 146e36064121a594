namespace Rx.Alerting.Connectors.Framing;

/// <summary>Finds where records begin and end in the bytes of an input.</summary>
internal abstract class RecordFraming
{
    private static ReadOnlySpan<byte> Mark => "\uFEFF"u8;

    /// <summary>
    /// Whether records have lengths. Then a record without an end shows that the input is damaged and may hide other records.
    /// </summary>
    internal abstract bool KnowsLengths { get; }

    /// <summary>Finds the first record of <paramref name="bytes"/>.</summary>
    /// <param name="bytes">Bytes that have been read and not yet framed; not empty.</param>
    /// <param name="last">Whether no more bytes will come.</param>
    internal abstract Frame Next(ReadOnlySpan<byte> bytes, bool last);

    /// <summary>
    /// Finds the first record again, after the decoder has rejected a <see cref="FrameKind.Likely"/> record. Never gives such a record.
    /// </summary>
    internal virtual Frame Closely(ReadOnlySpan<byte> bytes, bool last) => Next(bytes, last);

    /// <summary>Passes over a record that is too long.</summary>
    /// <param name="bytes">The next bytes of the input.</param>
    /// <param name="skipped">How many of these bytes belong to the record.</param>
    /// <returns>True if the record ends in these bytes, false if it goes on in the next.</returns>
    internal abstract bool Skip(ReadOnlySpan<byte> bytes, out int skipped);

    /// <summary>A byte order mark at the beginning of the text, or bytes that may become one. Null if there is none.</summary>
    /// <remarks>If files with marks are joined, there are marks in the middle, too.</remarks>
    protected static Frame? ByteOrderMark(ReadOnlySpan<byte> bytes, bool last)
    {
        if (bytes.StartsWith(Mark))
            return Frame.Blank(Mark.Length);
        return bytes.Length < Mark.Length && Mark.StartsWith(bytes) && !last ? new(FrameKind.More, 0, 0, 0) : null;
    }
}
