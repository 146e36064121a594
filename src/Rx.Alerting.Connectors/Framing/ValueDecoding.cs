using Rx.Alerting.Core.Views;
using Rx.Alerting.Core.Views.AccessLog;

namespace Rx.Alerting.Connectors.Framing;

/// <summary>Decodes the value of a message: one view, or several that follow each other as in a file.</summary>
/// <remarks>
/// Most values are one record. So with formats whose decoder notices when more follows (JSON, Protocol Buffers), the whole value is tried
/// first. A message of Protocol Buffers stands without its length. A value that is no such message, but a sequence of lengths and messages,
/// is read as a file is.
/// </remarks>
internal sealed class ValueDecoding(RecordFormat format, AccessLogOptions accessLog, int maximumBytes)
{
    private const int SampleBytes = 256;

    private readonly RecordFormatTraits traits = RecordFormats.Of(format);
    private readonly RecordDecoding records = RecordFormats.Decoding(format, accessLog, maximumBytes);

    /// <summary>Adds what is in the value to the batch: every value adds at least one view or rejection.</summary>
    internal void Decode(ViewBatch batch, ReadOnlySpan<byte> value, long arrivalTime)
    {
        if (value.Length > maximumBytes)
            Reject(batch, RejectionReason.TooLong, value);
        else if (value.IsEmpty)
            Reject(batch, RejectionReason.Malformed, value);
        else
            Decode(batch, batch.Append(value), arrivalTime);
    }

    private void Decode(ViewBatch batch, TextRange value, long arrivalTime)
    {
        var schemaBytes = SchemaBytes(batch.Bytes(value));
        if (schemaBytes == 0 && IsForeign(batch.Bytes(value)))
        {
            // The whole value is rejected, so that the sample has the leading bytes, which tell what the value is.
            batch.Reject(RejectionReason.Malformed, value);
            return;
        }

        value = After(value, schemaBytes);
        if (traits.EndsItself)
        {
            if (records.TryDecode(batch, value, arrivalTime) || (!traits.IsText && !IsDelimited(batch.Bytes(value))))
                return;
            batch.Withdraw();
        }

        var before = batch.ViewCount + batch.RejectedCount;
        for (var rest = value; !rest.IsEmpty;)
        {
            var frame = records.Next(batch, rest, last: true, arrivalTime);
            if (frame.Kind is FrameKind.Record or FrameKind.Unterminated)
                records.Decode(batch, rest, frame, arrivalTime);
            rest = After(rest, frame.Consumed);
        }

        if (batch.ViewCount + batch.RejectedCount == before)
            batch.Reject(RejectionReason.Malformed, value);
    }

    /// <summary>Bytes that a serializer with a schema registry writes before a record; 0 if there are none.</summary>
    private int SchemaBytes(ReadOnlySpan<byte> value) =>
        value is [0, _, _, _, _, ..] && traits.SchemaPath(value[ForeignValue.SchemaBytes..]) is { } path
            ? ForeignValue.SchemaBytes + path
            : 0;

    /// <summary>Whether the value begins like one of a schema registry, and has no record behind its zeros and blanks.</summary>
    private bool IsForeign(ReadOnlySpan<byte> value) => value is [0, _, _, _, _, ..] && traits.IsForeignBehindZero(value);

    private bool IsDelimited(ReadOnlySpan<byte> value)
    {
        while (!value.IsEmpty)
        {
            var frame = records.Framing.Next(value, last: true);
            if (frame is not { Kind: FrameKind.Record, Length: > 0 })
                return false;
            value = value[frame.Consumed..];
        }

        return true;
    }

    private static TextRange After(TextRange range, int count) => new(range.Offset + count, range.Length - count);

    /// <summary>Counts a value of which nothing can be read, and keeps its beginning.</summary>
    internal static void Reject(ViewBatch batch, RejectionReason reason, ReadOnlySpan<byte> value) =>
        batch.Reject(reason, batch.Append(value[..Math.Min(value.Length, SampleBytes)]));
}
