namespace Rx.Alerting.Connectors.Framing;

/// <summary>How records follow each other in the bytes of an input.</summary>
internal abstract class RecordFraming
{
    private static ReadOnlySpan<byte> Mark => "\uFEFF"u8;

    /// <summary>Whether a record without an end shows that the input is damaged, so that others may be hidden in it.</summary>
    internal abstract bool KnowsLengths { get; }

    /// <summary>The first record of <paramref name="bytes"/>, which are not empty.</summary>
    /// <param name="bytes">What has been read and not yet framed.</param>
    /// <param name="last">No more bytes will come.</param>
    internal abstract Frame Next(ReadOnlySpan<byte> bytes, bool last);

    /// <summary>The same where the decoder has rejected a <see cref="FrameKind.Likely"/> record: never one of those.</summary>
    internal virtual Frame Closely(ReadOnlySpan<byte> bytes, bool last) => Next(bytes, last);

    /// <summary>Passes over a record that is too long.</summary>
    /// <param name="bytes">The next bytes of the input.</param>
    /// <param name="skipped">How many of them belong to the record.</param>
    /// <returns>True when the record ends there, false when it goes on in the next bytes.</returns>
    internal abstract bool Skip(ReadOnlySpan<byte> bytes, out int skipped);

    /// <summary>A byte order mark at the beginning of text, or what may be a part of one; null: there is none.</summary>
    /// <remarks>Files with marks that were joined have marks in the middle.</remarks>
    protected static Frame? ByteOrderMark(ReadOnlySpan<byte> bytes, bool last)
    {
        if (bytes.StartsWith(Mark))
            return Frame.Blank(Mark.Length);
        return bytes.Length < Mark.Length && Mark.StartsWith(bytes) && !last ? new(FrameKind.More, 0, 0, 0) : null;
    }
}
