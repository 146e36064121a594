using System.Collections.Concurrent;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace Rx.Alerting.Connectors.Kafka.Reading;

/// <summary>
/// One client of librdkafka, with its connections to the brokers. Its partitions are assigned by hand. Errors of the client are sorted: an
/// error that will pass is logged, any other error is thrown on every thread that reads. Thread-safe.
/// </summary>
internal sealed class KafkaClient : IDisposable
{
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(50);
    private readonly Lock serving = new();
    private readonly ConcurrentDictionary<int, bool> strays = [];
    private readonly KafkaOptions options;
    private readonly BrokerHealth brokers;
    private readonly ILogger logger;
    private readonly IConsumer<Ignore, Ignore> consumer;
    private KafkaSourceException? failure;
    private volatile bool hasStrays;

    /// <param name="options">Validated options.</param>
    /// <param name="brokers">Is told whether brokers answer.</param>
    /// <param name="logger">Where to log.</param>
    /// <param name="queues">How many partitions share the memory for fetched records.</param>
    internal KafkaClient(KafkaOptions options, BrokerHealth brokers, ILogger logger, int queues)
    {
        (this.options, this.brokers, this.logger) = (options, brokers, logger);
        consumer = KafkaLibrary.Build(() => new ConsumerBuilder<Ignore, Ignore>(KafkaSettings.ForReading(options, queues))
            .SetErrorHandler((_, error) => Note(error))
            .SetLogHandler((_, message) => KafkaLog.Native(logger, message.Message))
            .Build());
        Topic = new(consumer.Handle, options.Topic);
    }

    internal Handle Handle => consumer.Handle;

    internal TopicAccess Topic { get; }

    /// <summary>Serves the callbacks and errors that belong to no partition. One thread at a time does so for all.</summary>
    /// <exception cref="KafkaSourceException">An error that does not pass; thrown on every thread that calls.</exception>
    internal void Serve()
    {
        if (serving.TryEnter())
        {
            try
            {
                if (consumer.Consume(TimeSpan.Zero) is { } stray)
                    hasStrays = strays[stray.Partition.Value] = true;
            }
            catch (ConsumeException e)
            {
                Note(e.Error);
            }
            finally
            {
                serving.Exit();
            }
        }

        if (Volatile.Read(ref failure) is { } ending)
            throw ending;
    }

    /// <summary>
    /// Whether a record of the partition came outside its queue. Then librdkafka has given the partition another queue, so the partition
    /// has to be placed anew, or the record is missed.
    /// </summary>
    internal bool TryTakeStray(int partition) => hasStrays && strays.TryRemove(partition, out _);

    /// <summary>Retries a question until brokers answer. Throws errors that need a person.</summary>
    /// <param name="ask">The question.</param>
    /// <param name="cancellation">Cancelled when the subscription ends.</param>
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
                brokers.NoteAnswer();
                return result;
            }
            catch (KafkaException e)
            {
                Failures.Throw(e.Error, options.Topic);
                brokers.Lose(e.Error.Reason);
                cancellation.WaitHandle.WaitOne(Slice);
            }
        }
    }

    /// <summary>Begins to fetch. The queues of the partitions must exist before.</summary>
    internal void Assign(IEnumerable<TopicPartitionOffset> partitions) => consumer.IncrementalAssign(partitions);

    internal void Unassign(IEnumerable<TopicPartition> partitions) => consumer.IncrementalUnassign(partitions);

    internal void Commit(IReadOnlyCollection<TopicPartitionOffset> offsets) => consumer.Commit(offsets);

    /// <summary>To be called after all queues of partitions are disposed of. Takes a while.</summary>
    public void Dispose()
    {
        Topic.Dispose();
        consumer.Dispose();
    }

    internal void Note(Error error)
    {
        if (Failures.Of(error, options.Topic) is { } ending)
            Interlocked.CompareExchange(ref failure, ending, null);
        else if (!brokers.TryNote(error))
            KafkaLog.Problem(logger, error.Reason);
    }

    private static bool Wait(Task answer, CancellationToken cancellation) =>
        ((IAsyncResult)answer).AsyncWaitHandle.WaitOne(Slice) | ThrowIfCancelled(cancellation);

    private static bool ThrowIfCancelled(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return false;
    }
}
