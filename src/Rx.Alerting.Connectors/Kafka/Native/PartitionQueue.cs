using Confluent.Kafka;

namespace Rx.Alerting.Connectors.Kafka.Native;

/// <summary>
/// The records that librdkafka has fetched of one partition, and nobody has taken yet. Back-pressure: while nothing is taken, librdkafka
/// stops fetching at its own bound (<c>queued.max.messages.kbytes</c>), and drops nothing.
/// </summary>
/// <remarks>
/// <list type="bullet">
/// <item>The queue must exist before the partition is assigned. Otherwise fetched records go to the client's common queue.</item>
/// <item>Records that were fetched for an earlier assignment are not given: librdkafka numbers assignments and passes over old
/// records.</item>
/// </list>
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
        {
            throw new KafkaSourceException(
                KafkaProblem.Failed, $"librdkafka has no queue for partition {partition.Partition.Value} of {partition.Topic}.");
        }

        Librdkafka.QueueForward(queue, 0);
        arrivals.Watch(queue);
    }

    /// <summary>
    /// The offset behind the newest record, committed or not, as the latest fetch told it. It is known when the end of the partition is
    /// told. Null while it is not known, for example after a fetch that failed.
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

    /// <summary>Takes at most <paramref name="most"/> messages into <paramref name="buffer"/>, and does not wait.</summary>
    internal void Take(MessageBuffer buffer, int most) => buffer.SetFilled(Librdkafka.ConsumeBatch(queue, 0, buffer.Slots, (nuint)most));

    public void Dispose()
    {
        Arrivals.Unwatch(queue);
        Librdkafka.QueueDestroy(queue);
    }
}
