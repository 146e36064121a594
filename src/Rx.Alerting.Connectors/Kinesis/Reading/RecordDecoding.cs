using Rx.Alerting.Connectors.Files;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Kinesis.Reading;

/// <summary>The bytes of a record, or of a part of an aggregated one, to views.</summary>
internal sealed class RecordDecoding(KinesisOptions options)
{
    private const int SampleBytes = 256;

    private readonly IViewDecoder decoder = options.Format switch
    {
        KinesisFormat.MuxJson => new MuxJsonDecoder(),
        KinesisFormat.MuxProtobuf => new MuxProtobufDecoder(),
        _ => new AccessLogDecoder(options.AccessLog),
    };

    private readonly LineFraming? lines = options.Format == KinesisFormat.MuxProtobuf ? null : new(options.MaximumRecordBytes);

    /// <summary>Adds what is in the record to the batch and tells how many views or rejections that were.</summary>
    internal int Decode(ViewBatch batch, ReadOnlySpan<byte> record, long arrivalTime)
    {
        if (record.Length > options.MaximumRecordBytes)
        {
            Reject(batch, RejectionReason.TooLong, record);
            return 1;
        }

        var range = batch.Append(record);
        if (lines is null)
        {
            decoder.Decode(batch, range, arrivalTime);
            return 1;
        }

        var count = 0;
        for (var rest = range; !rest.IsEmpty;)
        {
            var frame = lines.Next(batch.Bytes(rest), last: true);
            if (frame.Kind != FrameKind.Blank)
            {
                decoder.Decode(batch, new(rest.Offset + frame.Start, frame.Length), arrivalTime);
                count++;
            }

            rest = new(rest.Offset + frame.Consumed, rest.Length - frame.Consumed);
        }

        return count;
    }

    /// <summary>Counts a record of which nothing can be read, and keeps its beginning.</summary>
    internal static void Reject(ViewBatch batch, RejectionReason reason, ReadOnlySpan<byte> record) =>
        batch.Reject(reason, batch.Append(record[..Math.Min(record.Length, SampleBytes)]));
}
