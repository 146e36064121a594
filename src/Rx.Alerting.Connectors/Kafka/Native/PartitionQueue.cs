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
    private readonly nint queue;

    internal PartitionQueue(Handle handle, TopicPartition partition, Arrivals arrivals)
    {
        queue = Librdkafka.QueueOfPartition(Librdkafka.Client(handle), partition.Topic, partition.Partition.Value);
        if (queue == 0)
            throw new KafkaSourceException(KafkaProblem.Failed, $"librdkafka has no queue for partition {partition.Partition.Value} of {partition.Topic}.");
        Librdkafka.QueueForward(queue, 0);
        arrivals.Watch(queue);
    }

    /// <summary>Takes what is there, up to the room in <paramref name="lot"/>, and does not wait.</summary>
    internal void Take(MessageLot lot, int most) => lot.Taken(Librdkafka.ConsumeBatch(queue, 0, lot.Room, (nuint)most));

    public void Dispose()
    {
        Arrivals.Unwatch(queue);
        Librdkafka.QueueDestroy(queue);
    }
}
