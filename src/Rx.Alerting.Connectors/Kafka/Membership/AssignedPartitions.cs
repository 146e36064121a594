using System.Collections.Concurrent;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using Rx.Alerting.Connectors.Kafka.Reading;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Kafka.Membership;

/// <summary>
/// Starts a pipeline for every partition that the group assigns, and ends it when the partition is revoked. Only the thread of the
/// membership may use this; <see cref="Trouble"/>, <see cref="Delay"/> and <see cref="Progress"/> are
/// thread-safe.
/// </summary>
internal sealed class AssignedPartitions(
    KafkaOptions options,
    RunPartition run,
    Action<IReadOnlyCollection<TopicPartitionOffset>> commit,
    KafkaCounters counters,
    TimeProvider time,
    ILogger logger)
{
    /// <summary>
    /// How long to wait for the pipeline of a lost partition. Short: another process owns the partition already, so the pipeline's commit
    /// is refused.
    /// </summary>
    private static readonly TimeSpan LostTimeout = TimeSpan.FromSeconds(1);

    private readonly DateTimeOffset since = time.GetUtcNow();
    private readonly Delays delays = new(time, logger);
    private readonly SharedClient client = new(options, logger);
    private readonly ConcurrentDictionary<int, AssignedPartition> running = [];

    /// <summary>Pipelines that were given up and had not ended then, by the number of their partition.</summary>
    private readonly Dictionary<int, Task> ending = [];

    /// <inheritdoc cref="IViewSource.Trouble"/>
    internal string? Trouble =>
        running.Values.Select(partition => partition.Source.Trouble).FirstOrDefault(trouble => trouble is not null);

    /// <inheritdoc cref="IViewSource.Delay"/>
    internal string? Delay => delays.Text;

    /// <inheritdoc cref="IViewSource.Progress"/>
    internal IReadOnlyList<PartitionProgress> Progress => [.. running.Values.SelectMany(partition => partition.Source.Progress)];

    internal void Start(IEnumerable<TopicPartition> partitions)
    {
        foreach (var partition in partitions)
        {
            var number = partition.Partition.Value;
            var name = KafkaViewSource.Name(options.Topic, number);
            var source = new KafkaViewSource(options, new GroupAssignment(number, since, commit, delays, counters, client), time, logger);
            var revoked = new CancellationTokenSource();
            KafkaLog.Assigned(logger, name);
            var before = ending.Remove(number, out var last) ? last : Task.CompletedTask;
            if (!before.IsCompleted)
                KafkaLog.AssignedAgain(logger, name);
            var task = Task.Factory.StartNew(
                () => RunBehindAsync(before, () => run(name, source, revoked.Token)),
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default).Unwrap();
            running[number] = new(name, source, revoked, task);
        }
    }

    /// <summary>Ends the pipelines of some partitions, all at the same time, and waits for them within the bound.</summary>
    /// <param name="partitions">The partitions to give up.</param>
    /// <param name="lost">Whether the group has given the partitions to another process already.</param>
    internal void Stop(IEnumerable<TopicPartition> partitions, bool lost) =>
        Stop([.. partitions.Select(partition => partition.Partition.Value)], lost);

    /// <summary>
    /// Ends all pipelines, and waits for them within the bound. Waits within the bound for their readings, too, because a reading may still
    /// commit its last offsets to the group.
    /// </summary>
    internal void StopAll()
    {
        Stop([.. running.Keys], lost: false);
        client.WaitUntilUnused(options.RevokeTimeout);
    }

    /// <exception cref="Exception">The failure of a pipeline; or a pipeline has ended by itself.</exception>
    internal void ThrowIfFailed()
    {
        foreach (var partition in running.Values)
        {
            if (!partition.Running.IsCompleted)
                continue;
            partition.Running.GetAwaiter().GetResult();
            throw new InvalidOperationException($"The pipeline of {partition.Name} has ended although the partition is still assigned.");
        }
    }

    private void Stop(int[] numbers, bool lost)
    {
        var stopping = numbers.Where(running.ContainsKey).Select(number => running[number]).ToList();
        foreach (var partition in stopping)
            partition.Revoked.Cancel();
        var timeout = lost ? LostTimeout : options.RevokeTimeout;
        var begin = time.GetTimestamp();
        foreach (var partition in stopping)
        {
            var left = timeout - time.GetElapsedTime(begin);
            if (((IAsyncResult)partition.Running).AsyncWaitHandle.WaitOne(left > TimeSpan.Zero ? left : TimeSpan.Zero))
                KafkaLog.GivenUp(logger, partition.Name);
            else
                KafkaLog.TooLong(logger, partition.Name, timeout);
        }

        foreach (var number in numbers)
        {
            if (running.TryRemove(number, out var partition) && !partition.Running.IsCompleted)
                ending[number] = partition.Running;
        }

        Observe(stopping);
    }

    /// <summary>
    /// Starts a pipeline after the earlier pipeline of its partition has ended: health and metrics tell pipelines by their names.
    /// </summary>
    private static async Task RunBehindAsync(Task before, Func<Task> run)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await run();
    }

    /// <summary>
    /// Logs if a pipeline fails while it is stopped. Such a pipeline has not committed, so the next owner reads its last records again.
    /// </summary>
    private void Observe(List<AssignedPartition> ended)
    {
        foreach (var partition in ended)
        {
            _ = partition.Running.ContinueWith(
                task =>
                {
                    if (task.Exception?.InnerException is { } failure)
                        KafkaLog.FailedAtEnd(logger, partition.Name, failure);
                    partition.Revoked.Dispose();
                },
                CancellationToken.None,
                TaskContinuationOptions.None,
                TaskScheduler.Default);
        }
    }
}
