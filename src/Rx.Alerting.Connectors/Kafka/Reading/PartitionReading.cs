using Confluent.Kafka;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Kafka.Reading;

/// <summary>One partition: where reading is, and the batch that is being filled.</summary>
internal sealed class PartitionReading
{
    private readonly Func<RecordBatch> create;
    private readonly Stack<RecordBatch> spare = new();

    internal PartitionReading(TopicPartition partition, string name, KafkaOptions options, IViewDecoder decoder)
    {
        (Partition, Name) = (partition, name);
        create = () => new RecordBatch(this, options, decoder);
        Filling = create();
    }

    internal TopicPartition Partition { get; }

    internal string Name { get; }

    internal KafkaPosition Position { get; private set; }

    internal bool Paused { get; set; }

    internal RecordBatch Filling { get; private set; }

    internal void MoveTo(KafkaPosition position) => Position = position;

    /// <summary>Adds a record, if it was not added before: pausing may let some come twice.</summary>
    internal void Add(long offset, RecordValue value, long arrivalTime)
    {
        if (offset < Position.Next)
            return;
        Position = Position with { Next = offset + 1 };
        Filling.Add(value, arrivalTime);
    }

    /// <summary>The next record will have this offset or a larger one: behind transactions there are offsets without records.</summary>
    internal void Pass(long offset)
    {
        if (offset > Position.Next)
            Position = Position with { Next = offset };
    }

    /// <summary>Gives the batch away, decoding, and begins another.</summary>
    internal RecordBatch Take(PartitionStatus status)
    {
        var taken = Filling;
        taken.BeginDecoding(Position.ToString(), status);
        Filling = spare.TryPop(out var free) ? free : create();
        return taken;
    }

    /// <summary>Pushes a batch that was taken.</summary>
    internal void Push(RecordBatch taken, IObserver<ViewBatch> observer)
    {
        observer.OnNext(taken.Decoded());
        taken.Clear();
        spare.Push(taken);
    }
}
