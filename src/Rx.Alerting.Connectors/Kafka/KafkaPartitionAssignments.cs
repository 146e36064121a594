using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using Rx.Alerting.Connectors.Kafka.Membership;
using Rx.Alerting.Connectors.Kafka.Reading;
using Rx.Alerting.Core.Options;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Kafka;

/// <summary>Shares the partitions of a topic among the processes of a consumer group.</summary>
/// <remarks>
/// A consumer of the group takes part in it and reads nothing: its partitions are paused. Each assigned partition is read by
/// a <see cref="KafkaViewSource"/> of its own, from the position of its checkpoint; all of them by one client, in which each has a queue. A rebalance is completed only when the
/// pipelines of revoked partitions have ended, so that their last checkpoint is there when another process takes over;
/// a pipeline that takes longer than <see cref="KafkaOptions.RevokeTimeout"/> is left to the checkpoint's fencing.
/// </remarks>
public sealed class KafkaPartitionAssignments : IPartitionAssignments
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);
    private readonly KafkaOptions options;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly Brokers brokers;
    private AssignedPartitions? partitions;

    /// <exception cref="KafkaSourceException">Options have faults; all are named.</exception>
    public KafkaPartitionAssignments(KafkaOptions options, TimeProvider time, ILogger<KafkaPartitionAssignments> logger)
    {
        if (OptionFaults.Of(options) is { Count: > 0 } faults)
            throw new KafkaSourceException(KafkaProblem.Configuration, string.Join(Environment.NewLine, faults));
        (this.options, this.time, this.logger) = (options, time, logger);
        brokers = new(options, logger);
    }

    /// <inheritdoc/>
    public string? Trouble => brokers.Trouble ?? Volatile.Read(ref partitions)?.Trouble;

    /// <inheritdoc/>
    public string? Delay => Volatile.Read(ref partitions)?.Delay;

    /// <inheritdoc/>
    public string? Membership => $"group {options.GroupId} at {options.BootstrapServers}";

    /// <inheritdoc/>
    /// <remarks>Whoever is lost to the group hears of that at its session's timeout, or when pipelines of other partitions have ended.</remarks>
    public TimeSpan HandOver => KafkaSettings.SessionTimeout(options.Settings) + options.RevokeTimeout;

    /// <inheritdoc/>
    public Task RunAsync(RunPartition run, CancellationToken stop) => Task.Factory.StartNew(
        () => Run(run, stop), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private void Run(RunPartition run, CancellationToken stop)
    {
        KafkaSourceException? failure = null;
        var joined = false;
        IConsumer<Ignore, Ignore>? consumer = null;
        var commits = new MemberCommits(offsets => consumer!.Commit(offsets));
        var assigned = new AssignedPartitions(options, run, commits.Commit, time, logger);
        Volatile.Write(ref partitions, assigned);
        consumer = KafkaLibrary.Build(() => new ConsumerBuilder<Ignore, Ignore>(KafkaSettings.ForMembership(options))
            .SetPartitionsAssignedHandler((_, added) => assigned.Start(added))
            .SetPartitionsRevokedHandler((_, revoked) => assigned.Stop(revoked.Select(offset => offset.TopicPartition), lost: false))
            .SetPartitionsLostHandler((_, lost) => assigned.Stop(lost.Select(offset => offset.TopicPartition), lost: true))
            .SetErrorHandler((_, error) => Note(error))
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
                    if (!joined && consumer.MemberId.Length > 0)
                        Join();
                    assigned.ThrowIfFailed();
                    if (failure is not null)
                        throw failure;
                }
            }
            finally
            {
                // Before the group hears of it, so that whoever takes over finds the last checkpoint.
                assigned.StopAll();
                commits.Dispose();
                consumer.Close();
            }
        }

        void Note(Error error)
        {
            failure ??= Failures.Of(error, options.Topic);
            if (!joined)
                brokers.TryTake(error);
        }

        // From now on those who read partitions notice when brokers are away.
        void Join()
        {
            joined = true;
            brokers.Answer();
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
