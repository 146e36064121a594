using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using Rx.Alerting.Connectors.Kafka.Native;

namespace Rx.Alerting.Connectors.Kafka.Reading;

/// <summary>
/// Assigns partitions for one reading, and gives each a queue. The client is the reading's own, or shared by all partitions of a group
/// member. Errors of partitions are sorted like errors of the client.
/// </summary>
/// <param name="options">Validated options.</param>
/// <param name="assigned">The partition that the shared client reads. Null: a client of the reading's own reads all partitions.</param>
/// <param name="logger">Where to log.</param>
internal sealed class KafkaConsumer(KafkaOptions options, GroupAssignment? assigned, ILogger logger) : IDisposable
{
    private readonly Arrivals arrivals = new();
    private readonly HashSet<int> lost = [];
    private readonly HashSet<PartitionReader> fetched = [];

    /// <summary>Set by <see cref="Open"/>, before any other member is used.</summary>
    private KafkaClient? client;
    private Task closing = Task.CompletedTask;

    internal BrokerHealth Brokers { get; } = assigned?.Client.Brokers ?? new(options, logger);

    internal TopicAccess Topic => client!.Topic;

    internal void Open(CancellationToken cancellation) =>
        client = assigned is null ? new(options, Brokers, logger, queues: 1) : assigned.Client.Take(assigned.Partition, cancellation);

    /// <summary>
    /// Divides the memory for fetched records among so many partitions, before any partition is assigned. The share is a setting of the
    /// client, so another client is opened. The first client closes on another thread, because closing takes a while.
    /// </summary>
    /// <returns>Whether there is another client, which has not heard of the topic.</returns>
    internal bool Divide(int queues)
    {
        if (assigned is not null || queues <= 1)
            return false;
        closing = Task.Run(client!.Dispose);
        client = new(options, Brokers, logger, queues);
        return true;
    }

    /// <summary>Waits until a queue gets something, or the time is over.</summary>
    internal void Wait(TimeSpan longest) => arrivals.Wait(longest);

    /// <inheritdoc cref="KafkaClient.Serve"/>
    internal void Serve() => client!.Serve();

    /// <summary>Takes note of an error of a partition.</summary>
    internal void Note(PartitionReader partition, Error error)
    {
        if (error.Code is ErrorCode.Local_AutoOffsetReset or ErrorCode.OffsetOutOfRange)
            lost.Add(partition.Number);
        else
            client!.Note(error);
    }

    /// <summary>
    /// Gives a partition that has to be placed anew: its offset does not exist any more, or a record came outside its queue.
    /// </summary>
    internal bool TryTakeLost(out int partition)
    {
        foreach (var reading in fetched)
        {
            partition = reading.Number;
            if (lost.Remove(partition) | client!.TryTakeStray(partition))
                return true;
        }

        partition = 0;
        return false;
    }

    /// <inheritdoc cref="KafkaClient.Ask"/>
    internal T Ask<T>(Func<TopicAccess, Task<T>> ask, CancellationToken cancellation) => client!.Ask(ask, cancellation);

    internal void Assign(IReadOnlyCollection<PartitionReader> partitions)
    {
        foreach (var partition in partitions)
            partition.Attach(new PartitionQueue(client!.Handle, partition.Partition, arrivals));
        client!.Assign(partitions.Select(partition => new TopicPartitionOffset(partition.Partition, partition.Position.Next)));
        fetched.UnionWith(partitions);
    }

    /// <summary>Goes on reading partitions from their changed positions.</summary>
    internal void Move(IReadOnlyCollection<PartitionReader> partitions)
    {
        client!.Unassign(partitions.Select(partition => partition.Partition));
        fetched.ExceptWith(partitions);
        Assign(partitions);
    }

    internal void Commit(IReadOnlyCollection<TopicPartitionOffset> offsets) => client!.Commit(offsets);

    /// <summary>Ends fetching, and drops fetched records. To be called before the queues of the partitions are disposed of.</summary>
    internal void Release()
    {
        // A client of the reading's own closes as a whole, so there is nothing to do here.
        if (assigned is null || fetched.Count == 0)
            return;
        try
        {
            client!.Unassign(fetched.Select(partition => partition.Partition));
        }
        catch (KafkaException e)
        {
            KafkaLog.Problem(logger, e.Error.Reason);
        }

        foreach (var partition in fetched)
            partition.Drop();
        fetched.Clear();
    }

    /// <summary>To be called after the queues of the partitions are disposed of.</summary>
    public void Dispose()
    {
        if (client is not null)
        {
            if (assigned is null)
                client.Dispose();
            else
                assigned.Client.Return(assigned.Partition);
        }

        closing.Wait();
        arrivals.Dispose();
    }
}
