using Confluent.Kafka;

namespace Rx.Alerting.Connectors.Kafka.Native;

/// <summary>
/// What librdkafka has fetched of one partition. While nobody takes from it, fetching ends at librdkafka's own bound
/// (<c>queued.max.messages.kbytes</c>), and nothing is dropped.
/// </summary>
/// <remarks>
/// Has to be there before the partition is assigned: what is fetched goes to the client's common queue otherwise. What was fetched for an assignment
/// that has ended is not given any more: librdkafka numbers assignments, and passes over what is of an earlier one.
/// </remarks>
internal sealed unsafe class PartitionQueue : IDisposable
{
    private readonly nint client;
    private readonly nint queue;
    private readonly TopicPartition partition;

    internal PartitionQueue(Handle handle, TopicPartition partition, Arrivals arrivals)
    {
        this.partition = partition;
        client = Librdkafka.Client(handle);
        queue = Librdkafka.QueueOfPartition(client, partition.Topic, partition.Partition.Value);
        if (queue == 0)
            throw new KafkaSourceException(KafkaProblem.Failed, $"librdkafka has no queue for partition {partition.Partition.Value} of {partition.Topic}.");
        Librdkafka.QueueForward(queue, 0);
        arrivals.Watch(queue);
    }

    /// <summary>
    /// The offset behind the newest record, committed or not, as the latest fetch told; it is known when the end of the partition is told. Null while it is
    /// not known, as behind a fetch that failed.
    /// </summary>
    internal long? HighWatermark
    {
        get
        {
            long low, high;
            var error = Librdkafka.WatermarkOffsets(client, partition.Topic, partition.Partition.Value, &low, &high);
            return error == 0 && high >= 0 ? high : null;
        }
    }

    /// <summary>Takes what is there, up to the room in <paramref name="lot"/>, and does not wait.</summary>
    internal void Take(MessageLot lot, int most) => lot.Taken(Librdkafka.ConsumeBatch(queue, 0, lot.Room, (nuint)most));

    public void Dispose()
    {
        Arrivals.Unwatch(queue);
        Librdkafka.QueueDestroy(queue);
    }
}
