using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace Rx.Alerting.Connectors.Kafka.Reading;

/// <summary>A consumer whose errors are sorted: those that pass are logged once, the others are thrown on the reading thread.</summary>
internal sealed class KafkaConsumer(KafkaOptions options, RecordValue value, ILogger logger) : IDisposable
{
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(50);
    private IConsumer<Ignore, Ignore>? consumer;
    private TopicAccess? topic;
    private KafkaSourceException? failure;
    private bool waiting;

    internal TopicAccess Topic => topic!;

    internal void Open()
    {
        consumer = KafkaLibrary.Build(() => new ConsumerBuilder<Ignore, Ignore>(KafkaSettings.ForReading(options))
            .SetKeyDeserializer(Deserializers.Ignore)
            .SetValueDeserializer(value)
            .SetErrorHandler((_, error) => Note(error))
            .SetLogHandler((_, message) => KafkaLog.Native(logger, message.Message))
            .Build());
        topic = new(consumer.Handle, options.Topic);
    }

    /// <summary>The next record, or the end of a partition, or a partition whose offset is not there any more.</summary>
    internal bool TryTake(TimeSpan wait, out ConsumeResult<Ignore, Ignore>? result, out TopicPartition? unread)
    {
        (result, unread) = (null, null);
        try
        {
            result = consumer!.Consume(wait);
        }
        catch (ConsumeException e) when (e.Error.Code is ErrorCode.Local_AutoOffsetReset or ErrorCode.OffsetOutOfRange)
        {
            unread = new(options.Topic, e.ConsumerRecord.Partition);
        }
        catch (ConsumeException e)
        {
            Note(e.Error);
        }

        if (failure is not null)
            throw failure;
        if (result is not null)
            Answered();
        return result is not null || unread is not null;
    }

    /// <summary>Asks until brokers answer; errors that need a person are thrown.</summary>
    /// <param name="ask">What to ask.</param>
    /// <param name="cancellation">Nobody is listening any more.</param>
    /// <param name="assigned">Partitions are assigned already, so polling would take records.</param>
    internal T Ask<T>(Func<TopicAccess, Task<T>> ask, CancellationToken cancellation, bool assigned = false)
    {
        while (true)
        {
            var answer = ask(Topic);
            while (!Wait(answer, cancellation))
            {
                if (!assigned)
                    TryTake(TimeSpan.Zero, out _, out _);
            }

            try
            {
                var result = answer.GetAwaiter().GetResult();
                Answered();
                return result;
            }
            catch (KafkaException e)
            {
                Failures.Throw(e.Error, options.Topic);
                Wait(e.Error.Reason);
            }
        }
    }

    internal void Assign(IEnumerable<PartitionReading> partitions) =>
        consumer!.IncrementalAssign(partitions.Select(partition => new TopicPartitionOffset(partition.Partition, partition.Position.Next)));

    /// <summary>Reads partitions on from their changed positions.</summary>
    internal void Move(IReadOnlyCollection<PartitionReading> partitions)
    {
        consumer!.IncrementalUnassign(partitions.Select(partition => partition.Partition));
        Assign(partitions);
        foreach (var partition in partitions)
            partition.Paused = false;
    }

    internal void Pause(TopicPartition partition) => consumer!.Pause([partition]);

    internal void Resume(TopicPartition partition) => consumer!.Resume([partition]);

    internal void Commit(IReadOnlyCollection<TopicPartitionOffset> offsets) => consumer!.Commit(offsets);

    public void Dispose()
    {
        topic?.Dispose();
        consumer?.Dispose();
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
        if (error.Code is ErrorCode.Local_AllBrokersDown or ErrorCode.Local_Transport or ErrorCode.Local_Resolve or ErrorCode.Local_TimedOut)
            Wait(error.Reason);
        else if (failure is null)
            KafkaLog.Problem(logger, error.Reason);
    }

    private void Wait(string reason)
    {
        if (!waiting)
            KafkaLog.Waiting(logger, options.BootstrapServers, reason);
        waiting = true;
    }

    private void Answered()
    {
        if (waiting)
            KafkaLog.Back(logger);
        waiting = false;
    }
}
