using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using Rx.Alerting.Connectors.Kafka.Membership;
using Rx.Alerting.Connectors.Kafka.Reading;
using Rx.Alerting.Core.Options;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Kafka;

/// <summary>Shares the partitions of a topic among the processes of a consumer group.</summary>
/// <remarks>
/// <list type="bullet">
/// <item>A consumer is a member of the group, and reads nothing: its partitions are paused.</item>
/// <item>Each assigned partition is read by a <see cref="KafkaViewSource"/> of its own, from the position of its checkpoint.</item>
/// <item>All these sources share one client, in which each partition has a queue.</item>
/// <item>A rebalance completes only when the pipelines of revoked partitions have ended. So their last checkpoint is there when another
/// process takes over.</item>
/// <item>A pipeline that takes longer than <see cref="KafkaOptions.RevokeTimeout"/> is not waited for: the checkpoint's fencing refuses its
/// commits.</item>
/// </list>
/// </remarks>
public sealed class KafkaPartitionAssignments : IPartitionAssignments
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);
    private readonly KafkaOptions options;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly BrokerHealth brokers;
    private readonly KafkaCounters counters = new();
    private AssignedPartitions? partitions;

    /// <exception cref="KafkaSourceException">Options have faults. The message names all of them.</exception>
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
    public IReadOnlyList<PartitionProgress> Progress => Volatile.Read(ref partitions)?.Progress ?? [];

    /// <inheritdoc/>
    public IReadOnlyList<SourceCount> Counts => counters.All;

    /// <inheritdoc/>
    public string? Membership => $"group {options.GroupId} at {options.BootstrapServers}";

    /// <inheritdoc/>
    public bool Has(string partition) => KafkaViewSource.Number(options.Topic, partition) is not null;

    /// <inheritdoc/>
    /// <remarks>
    /// A process that the group has lost learns that after its session's timeout, or when pipelines of other partitions have ended.
    /// </remarks>
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
        var assigned = new AssignedPartitions(options, run, commits.Commit, counters, time, logger);
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
                // Before the member leaves the group, so that the next owner finds the last checkpoint.
                assigned.StopAll();
                commits.Dispose();
                consumer.Close();
            }
        }

        void Note(Error error)
        {
            failure ??= Failures.Of(error, options.Topic);
            if (!joined)
                brokers.TryNote(error);
        }

        // From now on the sources of the partitions notice when brokers do not answer.
        void Join()
        {
            joined = true;
            brokers.NoteAnswer();
        }
    }

    private void TakePart(IConsumer<Ignore, Ignore> consumer)
    {
        try
        {
            // Handlers run inside Consume. A partition is assigned only when its handler has returned, so partitions are paused after
            // Consume.
            consumer.Consume(Poll);
            consumer.Pause(consumer.Assignment);
        }
        catch (ConsumeException e)
        {
            Failures.Throw(e.Error, options.Topic);
        }
    }
}
