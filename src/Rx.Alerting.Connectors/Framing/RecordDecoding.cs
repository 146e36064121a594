using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Framing;

/// <summary>Finds the next record, and decodes it where that is how to find its end.</summary>
internal sealed class RecordDecoding(RecordFraming framing, IViewDecoder decoder)
{
    internal RecordFraming Framing => framing;

    /// <summary>The same for text that may have runs of NULs in it.</summary>
    internal RecordDecoding WithNuls() => new(new NulFraming(framing), decoder);

    /// <summary>The first record of what is pending.</summary>
    /// <param name="batch">Has the bytes; gets the view of a <see cref="FrameKind.Decoded"/> record.</param>
    /// <param name="pending">What is not framed yet; not empty.</param>
    /// <param name="last">No more bytes will come.</param>
    /// <param name="arrivalTime">Of the record.</param>
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
    internal void Decode(ViewBatch batch, TextRange pending, in Frame frame, long arrivalTime) => decoder.Decode(batch, RangeOf(pending, frame), arrivalTime);

    /// <summary>False if the record was rejected.</summary>
    internal bool TryDecode(ViewBatch batch, TextRange record, long arrivalTime)
    {
        var before = batch.ViewCount;
        decoder.Decode(batch, record, arrivalTime);
        return batch.ViewCount > before;
    }

    internal static TextRange RangeOf(TextRange pending, in Frame frame) => new(pending.Offset + frame.Start, frame.Length);
}
