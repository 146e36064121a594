using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using Rx.Alerting.Connectors.Kafka.Native;

namespace Rx.Alerting.Connectors.Kafka.Reading;

/// <summary>
/// A consumer whose records are taken from queues of their partitions, and whose errors are sorted: those that pass are logged once, the others
/// are thrown on the reading thread.
/// </summary>
internal sealed class KafkaConsumer(KafkaOptions options, ILogger logger) : IDisposable
{
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(50);
    private readonly Arrivals arrivals = new();
    private readonly HashSet<Partition> lost = [];
    private IConsumer<Ignore, Ignore>? consumer;
    private TopicAccess? topic;
    private KafkaSourceException? failure;
    private Task closing = Task.CompletedTask;

    internal Brokers Brokers { get; } = new(options, logger);

    internal TopicAccess Topic => topic!;

    /// <summary>Opens it; one that is open closes beside, as that takes a while.</summary>
    internal void Open(int queues = 1)
    {
        closing = Close();
        consumer = KafkaLibrary.Build(() => new ConsumerBuilder<Ignore, Ignore>(KafkaSettings.ForReading(options, queues))
            .SetErrorHandler((_, error) => Note(error))
            .SetLogHandler((_, message) => KafkaLog.Native(logger, message.Message))
            .Build());
        topic = new(consumer.Handle, options.Topic);
    }

    /// <summary>Until a partition has got something, or the time is over.</summary>
    internal void Wait(TimeSpan longest) => arrivals.Wait(longest);

    /// <summary>Serves what is of no partition: errors that are thrown, and what librdkafka has to tell.</summary>
    internal void Serve()
    {
        try
        {
            // A record comes here only if librdkafka has given its partition another queue: it has to be placed anew, or this record is missed.
            if (consumer!.Consume(TimeSpan.Zero) is { } stray)
                lost.Add(stray.Partition);
        }
        catch (ConsumeException e)
        {
            Note(e.Error);
        }

        if (failure is not null)
            throw failure;
    }

    /// <summary>Takes what is wrong with a partition.</summary>
    internal void Note(PartitionReading partition, Error error)
    {
        if (error.Code is ErrorCode.Local_AutoOffsetReset or ErrorCode.OffsetOutOfRange)
            lost.Add(partition.Partition.Partition);
        else
            Note(error);
    }

    /// <summary>A partition that has to be placed anew, as its offset is not there any more.</summary>
    internal bool TryTakeLost(out Partition partition)
    {
        partition = lost.FirstOrDefault();
        return lost.Remove(partition);
    }

    /// <summary>Asks until brokers answer; errors that need a person are thrown.</summary>
    /// <param name="ask">What to ask.</param>
    /// <param name="cancellation">Nobody is listening any more.</param>
    internal T Ask<T>(Func<TopicAccess, Task<T>> ask, CancellationToken cancellation)
    {
        while (true)
        {
            var answer = ask(Topic);
            while (!Wait(answer, cancellation))
                Serve();

            try
            {
                var result = answer.GetAwaiter().GetResult();
                Brokers.Answer();
                return result;
            }
            catch (KafkaException e)
            {
                Failures.Throw(e.Error, options.Topic);
                Brokers.Lose(e.Error.Reason);
                cancellation.WaitHandle.WaitOne(Slice);
            }
        }
    }

    internal void Assign(IReadOnlyCollection<PartitionReading> partitions)
    {
        foreach (var partition in partitions)
            partition.Attach(new PartitionQueue(consumer!.Handle, partition.Partition, arrivals));
        consumer!.IncrementalAssign(partitions.Select(partition => new TopicPartitionOffset(partition.Partition, partition.Position.Next)));
    }

    /// <summary>Reads partitions on from their changed positions.</summary>
    internal void Move(IReadOnlyCollection<PartitionReading> partitions)
    {
        consumer!.IncrementalUnassign(partitions.Select(partition => partition.Partition));
        Assign(partitions);
    }

    internal void Commit(IReadOnlyCollection<TopicPartitionOffset> offsets) => consumer!.Commit(offsets);

    /// <summary>After the queues of the partitions.</summary>
    public void Dispose()
    {
        Close().Wait();
        closing.Wait();
        arrivals.Dispose();
    }

    private Task Close()
    {
        var (openTopic, openConsumer) = (topic, consumer);
        return openConsumer is null ? Task.CompletedTask : Task.Run(() =>
        {
            openTopic?.Dispose();
            openConsumer.Dispose();
        });
    }

    private static bool Wait(Task answer, CancellationToken cancellation) =>
        ((IAsyncResult)answer).AsyncWaitHandle.WaitOne(Slice) | ThrowIfCancelled(cancellation);

    private static bool ThrowIfCancelled(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return false;
    }

    private void Note(Error error)
    {
        failure ??= Failures.Of(error, options.Topic);
        if (!Brokers.TryTake(error) && failure is null)
            KafkaLog.Problem(logger, error.Reason);
    }
}
