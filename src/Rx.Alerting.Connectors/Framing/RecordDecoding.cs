using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Framing;

/// <summary>Finds the next record. Decodes the record at once if decoding is the way to find its end.</summary>
internal sealed class RecordDecoding(RecordFraming framing, IViewDecoder decoder)
{
    internal RecordFraming Framing => framing;

    /// <summary>The same decoding for text that may contain runs of NULs.</summary>
    internal RecordDecoding WithNuls() => new(new NulFraming(framing), decoder);

    /// <summary>Finds the first record of the pending bytes.</summary>
    /// <param name="batch">Holds the bytes. Gets the view of a <see cref="FrameKind.Decoded"/> record.</param>
    /// <param name="pending">The bytes that are not framed yet; not empty.</param>
    /// <param name="last">Whether no more bytes will come.</param>
    /// <param name="arrivalTime">The arrival time of the record.</param>
    /// <returns>Never <see cref="FrameKind.Likely"/>.</returns>
    internal Frame Next(ViewBatch batch, TextRange pending, bool last, long arrivalTime)
    {
        var frame = framing.Next(batch.Bytes(pending), last);
        if (frame.Kind != FrameKind.Likely)
            return frame;
        if (TryDecode(batch, RangeOf(pending, frame), arrivalTime))
            return frame with { Kind = FrameKind.Decoded };
        var closer = framing.Closely(batch.Bytes(pending), last);
        if (closer.Kind == FrameKind.Record && closer.Length == frame.Length)
            return closer with { Kind = FrameKind.Decoded };
        batch.Withdraw();
        return closer;
    }

    /// <summary>Adds the record's view, or rejects it.</summary>
    internal void Decode(ViewBatch batch, TextRange pending, in Frame frame, long arrivalTime) =>
        decoder.Decode(batch, RangeOf(pending, frame), arrivalTime);

    /// <summary>Adds the record's view, or rejects the record. False if it was rejected.</summary>
    internal bool TryDecode(ViewBatch batch, TextRange record, long arrivalTime)
    {
        var before = batch.ViewCount;
        decoder.Decode(batch, record, arrivalTime);
        return batch.ViewCount > before;
    }

    internal static TextRange RangeOf(TextRange pending, in Frame frame) => new(pending.Offset + frame.Start, frame.Length);
}
