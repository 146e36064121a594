using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Kafka.Reading;

/// <summary>Records of one partition: first filled, then decoded on another thread, then pushed, then filled again.</summary>
internal sealed class RecordBatch(PartitionReading partition, KafkaOptions options, IViewDecoder decoder)
{
    private const int MaximumBytes = 8 << 20;
    private const int SampleBytes = 256;

    /// <summary>Fewer are decoded faster than another thread is woken.</summary>
    private const int FewRecords = 32;

    private readonly List<(TextRange Text, long ArrivalTime, bool TooLong)> records = [];
    private Task? decoding;

    internal PartitionReading Partition => partition;

    internal ViewBatch Views { get; } = new(partition.Name);

    internal bool IsEmpty => records.Count == 0;

    internal bool IsFull => records.Count >= options.BatchViews || Views.TextLength >= MaximumBytes;

    internal void Add(RecordValue value, long arrivalTime)
    {
        var tooLong = value.Length > options.MaximumRecordBytes;
        records.Add((value.AddTo(Views, tooLong ? Math.Min(value.Length, SampleBytes) : value.Length), arrivalTime, tooLong));
    }

    /// <summary>Nothing is added any more.</summary>
    internal void BeginDecoding(string position, PartitionStatus status)
    {
        (Views.Position, Views.Status) = (position, status);
        decoding = records.Count > FewRecords && Environment.ProcessorCount > 1 ? Task.Run(Decode) : null;
    }

    /// <summary>Ends when the views are there; decodes itself where nobody has begun.</summary>
    internal ViewBatch Decoded()
    {
        if (decoding is null)
            Decode();
        else
            decoding.GetAwaiter().GetResult();
        return Views;
    }

    internal void Clear()
    {
        Views.Clear();
        records.Clear();
    }

    private void Decode()
    {
        foreach (var (text, arrivalTime, tooLong) in records)
        {
            if (tooLong)
                Views.Reject(RejectionReason.TooLong, text);
            else if (text.Length == 0)
                Views.Reject(RejectionReason.Malformed, default);
            else
                decoder.Decode(Views, text, arrivalTime);
        }
    }
}
