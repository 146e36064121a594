using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using Rx.Alerting.Connectors.Kafka.Membership;
using Rx.Alerting.Connectors.Kafka.Reading;
using Rx.Alerting.Core.Pipeline;

namespace Rx.Alerting.Connectors.Kafka;

/// <summary>Shares the partitions of a topic among the processes of a consumer group.</summary>
/// <remarks>
/// A consumer of the group takes part in it and reads nothing: its partitions are paused. Each assigned partition is read by
/// a <see cref="KafkaViewSource"/> of its own, from the position of its checkpoint. A rebalance is completed only when the
/// pipelines of revoked partitions have ended, so that their last checkpoint is there when another process takes over;
/// a pipeline that takes longer than <see cref="KafkaOptions.RevokeTimeout"/> is left to the checkpoint's fencing.
/// </remarks>
public sealed class KafkaPartitionAssignments : IPartitionAssignments
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);
    private readonly KafkaOptions options;
    private readonly TimeProvider time;
    private readonly ILogger logger;

    /// <exception cref="KafkaSourceException">Options have faults; all are named.</exception>
    public KafkaPartitionAssignments(KafkaOptions options, TimeProvider time, ILogger<KafkaPartitionAssignments> logger)
    {
        if (options.Validate() is { Count: > 0 } faults)
            throw new KafkaSourceException(KafkaProblem.Configuration, string.Join(Environment.NewLine, faults));
        (this.options, this.time, this.logger) = (options, time, logger);
    }

    /// <inheritdoc/>
    public Task RunAsync(RunPartition run, CancellationToken stop) => Task.Factory.StartNew(
        () => Run(run, stop), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private void Run(RunPartition run, CancellationToken stop)
    {
        KafkaSourceException? failure = null;
        IConsumer<Ignore, Ignore>? consumer = null;
        var partitions = new AssignedPartitions(options, run, offsets => consumer!.Commit(offsets), time, logger);
        consumer = KafkaLibrary.Build(() => new ConsumerBuilder<Ignore, Ignore>(KafkaSettings.ForMembership(options))
            .SetPartitionsAssignedHandler((_, assigned) => partitions.Start(assigned))
            .SetPartitionsRevokedHandler((_, revoked) => partitions.Stop(revoked.Select(offset => offset.TopicPartition), lost: false))
            .SetPartitionsLostHandler((_, lost) => partitions.Stop(lost.Select(offset => offset.TopicPartition), lost: true))
            .SetErrorHandler((_, error) => failure ??= Failures.Of(error, options.Topic))
            .SetLogHandler((_, message) => KafkaLog.Native(logger, message.Message))
            .Build());
        using (consumer)
        {
            try
            {
                consumer.Subscribe(options.Topic);
                while (!stop.IsCancellationRequested)
                {
                    TakePart(consumer);
                    partitions.ThrowIfFailed();
                    if (failure is not null)
                        throw failure;
                }
            }
            finally
            {
                // Before the group hears of it, so that whoever takes over finds the last checkpoint.
                partitions.StopAll();
                consumer.Close();
            }
        }
    }

    private void TakePart(IConsumer<Ignore, Ignore> consumer)
    {
        try
        {
            // Handlers run in here. Partitions are paused after, as they are assigned only when the handler has returned.
            consumer.Consume(Poll);
            consumer.Pause(consumer.Assignment);
        }
        catch (ConsumeException e)
        {
            Failures.Throw(e.Error, options.Topic);
        }
    }
}
