using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using Rx.Alerting.Connectors.Kafka.Native;

namespace Rx.Alerting.Connectors.Kafka.Reading;

/// <summary>
/// The partitions of one reading, whose records are taken from queues of their own, by a client of its own or one that is shared. Errors of partitions are sorted as
/// those of the client are.
/// </summary>
/// <param name="options">Valid ones.</param>
/// <param name="assigned">The partition that is read by a shared client; null: a client of its own reads all.</param>
/// <param name="logger">Where to log.</param>
internal sealed class KafkaConsumer(KafkaOptions options, AssignedReading? assigned, ILogger logger) : IDisposable
{
    private readonly Arrivals arrivals = new();
    private readonly HashSet<int> lost = [];
    private readonly HashSet<PartitionReading> fetched = [];

    /// <summary>There before anything else is asked for: <see cref="Open"/>.</summary>
    private KafkaClient? client;
    private Task closing = Task.CompletedTask;

    internal Brokers Brokers { get; } = assigned?.Client.Brokers ?? new(options, logger);

    internal TopicAccess Topic => client!.Topic;

    internal void Open(CancellationToken cancellation) =>
        client = assigned is null ? new(options, Brokers, logger, queues: 1) : assigned.Client.Take(assigned.Partition, cancellation);

    /// <summary>
    /// Divides what is fetched ahead among so many partitions, before one is assigned. That is a setting of the client, so another one is opened;
    /// the one before closes beside, as that takes a while.
    /// </summary>
    /// <returns>Whether it is another client, which has not heard of the topic.</returns>
    internal bool Divide(int queues)
    {
        if (assigned is not null || queues <= 1)
            return false;
        closing = Task.Run(client!.Dispose);
        client = new(options, Brokers, logger, queues);
        return true;
    }

    /// <summary>Until a partition has got something, or the time is over.</summary>
    internal void Wait(TimeSpan longest) => arrivals.Wait(longest);

    /// <inheritdoc cref="KafkaClient.Serve"/>
    internal void Serve() => client!.Serve();

    /// <summary>Takes what is wrong with a partition.</summary>
    internal void Note(PartitionReading partition, Error error)
    {
        if (error.Code is ErrorCode.Local_AutoOffsetReset or ErrorCode.OffsetOutOfRange)
            lost.Add(partition.Number);
        else
            client!.Note(error);
    }

    /// <summary>A partition that has to be placed anew, as its offset is not there any more.</summary>
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

    internal void Assign(IReadOnlyCollection<PartitionReading> partitions)
    {
        foreach (var partition in partitions)
            partition.Attach(new PartitionQueue(client!.Handle, partition.Partition, arrivals));
        client!.Assign(partitions.Select(partition => new TopicPartitionOffset(partition.Partition, partition.Position.Next)));
        fetched.UnionWith(partitions);
    }

    /// <summary>Reads partitions on from their changed positions.</summary>
    internal void Move(IReadOnlyCollection<PartitionReading> partitions)
    {
        client!.Unassign(partitions.Select(partition => partition.Partition));
        fetched.ExceptWith(partitions);
        Assign(partitions);
    }

    internal void Commit(IReadOnlyCollection<TopicPartitionOffset> offsets) => client!.Commit(offsets);

    /// <summary>Nothing is fetched any more, and what was fetched is dropped; before the queues of the partitions go.</summary>
    internal void Release()
    {
        // A client of its own closes as a whole.
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

    /// <summary>After the queues of the partitions.</summary>
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
