using System.Collections.Concurrent;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace Rx.Alerting.Connectors.Kafka.Reading;

/// <summary>
/// Connections to the brokers, by which partitions are read that are assigned by hand. Errors of no partition are sorted: those that pass are logged once,
/// the others are thrown on every thread that reads. Thread-safe.
/// </summary>
internal sealed class KafkaClient : IDisposable
{
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(50);
    private readonly Lock serving = new();
    private readonly ConcurrentDictionary<int, bool> strays = [];
    private readonly KafkaOptions options;
    private readonly Brokers brokers;
    private readonly ILogger logger;
    private readonly IConsumer<Ignore, Ignore> consumer;
    private KafkaSourceException? failure;
    private volatile bool hasStrays;

    /// <param name="options">Valid ones.</param>
    /// <param name="brokers">Told whether brokers answer.</param>
    /// <param name="logger">Where to log.</param>
    /// <param name="queues">How many partitions share what is fetched ahead.</param>
    internal KafkaClient(KafkaOptions options, Brokers brokers, ILogger logger, int queues)
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

    /// <summary>Serves what is of no partition: errors that are thrown, and what librdkafka has to tell. One thread does it for all.</summary>
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
    /// Whether a record of the partition did not come in its queue. That is so only if librdkafka has given the partition another queue: it has to be placed anew, or
    /// the record is missed.
    /// </summary>
    internal bool TryTakeStray(int partition) => hasStrays && strays.TryRemove(partition, out _);

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
                brokers.Answer();
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

    /// <summary>Begins to fetch; the queues of the partitions have to be there.</summary>
    internal void Assign(IEnumerable<TopicPartitionOffset> partitions) => consumer.IncrementalAssign(partitions);

    internal void Unassign(IEnumerable<TopicPartition> partitions) => consumer.IncrementalUnassign(partitions);

    internal void Commit(IReadOnlyCollection<TopicPartitionOffset> offsets) => consumer.Commit(offsets);

    /// <summary>After all queues of partitions; takes a while.</summary>
    public void Dispose()
    {
        Topic.Dispose();
        consumer.Dispose();
    }

    internal void Note(Error error)
    {
        if (Failures.Of(error, options.Topic) is { } ending)
            Interlocked.CompareExchange(ref failure, ending, null);
        else if (!brokers.TryTake(error))
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
