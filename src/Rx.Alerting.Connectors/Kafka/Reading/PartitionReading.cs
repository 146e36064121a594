using Confluent.Kafka;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Kafka.Reading;

/// <summary>One partition: where reading is, and the batch that is being filled.</summary>
internal sealed class PartitionReading(TopicPartition partition, string name, KafkaOptions options, IViewDecoder decoder)
{
    private const int MaximumBatchBytes = 8 << 20;
    private const int SampleBytes = 256;

    private readonly ViewBatch batch = new(name);
    private int records;

    internal TopicPartition Partition => partition;

    internal string Name => name;

    internal KafkaPosition Position { get; private set; }

    internal bool Paused { get; set; }

    internal bool HasRecords => records > 0;

    internal bool Full => records >= options.BatchViews || batch.TextLength >= MaximumBatchBytes;

    internal void MoveTo(KafkaPosition position) => Position = position;

    /// <summary>Adds a record, if it was not added before: pausing may let some come twice.</summary>
    internal void Add(long offset, ReadOnlySpan<byte> value, long arrivalTime)
    {
        if (offset < Position.Next)
            return;
        Position = Position with { Next = offset + 1 };
        records++;
        if (value.Length > options.MaximumRecordBytes)
            batch.Reject(RejectionReason.TooLong, batch.Append(value[..SampleBytes]));
        else if (value.IsEmpty)
            batch.Reject(RejectionReason.Malformed, default);
        else
            decoder.Decode(batch, batch.Append(value), arrivalTime);
    }

    /// <summary>The next record will have this offset or a larger one: behind transactions there are offsets without records.</summary>
    internal void Pass(long offset)
    {
        if (offset > Position.Next)
            Position = Position with { Next = offset };
    }

    internal void Push(IObserver<ViewBatch> observer, PartitionStatus status)
    {
        batch.Position = Position.ToString();
        batch.Status = status;
        observer.OnNext(batch);
        batch.Clear();
        records = 0;
    }
}
