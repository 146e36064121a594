using System.Collections.Concurrent;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using Rx.Alerting.Connectors.Kafka.Reading;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Kafka.Membership;

/// <summary>The pipelines of the partitions that are assigned just now. Used from the thread of the membership only, but for <see cref="Trouble"/> and <see cref="Delay"/>.</summary>
internal sealed class AssignedPartitions(
    KafkaOptions options,
    RunPartition run,
    Action<IReadOnlyCollection<TopicPartitionOffset>> commit,
    TimeProvider time,
    ILogger logger)
{
    /// <summary>Who has lost a partition is a zombie already: its commit is refused, so there is little to wait for.</summary>
    private static readonly TimeSpan LostTimeout = TimeSpan.FromSeconds(1);

    private readonly DateTimeOffset since = time.GetUtcNow();
    private readonly Delays delays = new(time, logger);
    private readonly SharedClient client = new(options, logger);
    private readonly ConcurrentDictionary<int, AssignedPartition> running = [];

    /// <summary>Pipelines that were given up and had not ended then, by the number of their partition.</summary>
    private readonly Dictionary<int, Task> ending = [];

    /// <inheritdoc cref="IViewSource.Trouble"/>
    internal string? Trouble => running.Values.Select(partition => partition.Source.Trouble).FirstOrDefault(trouble => trouble is not null);

    /// <inheritdoc cref="IViewSource.Delay"/>
    internal string? Delay => delays.Text;

    internal void Start(IEnumerable<TopicPartition> partitions)
    {
        foreach (var partition in partitions)
        {
            var number = partition.Partition.Value;
            var name = KafkaViewSource.Name(options.Topic, number);
            var source = new KafkaViewSource(options, new AssignedReading(number, since, commit, delays, client), time, logger);
            var revoked = new CancellationTokenSource();
            KafkaLog.Assigned(logger, name);
            var before = ending.Remove(number, out var last) ? last : Task.CompletedTask;
            if (!before.IsCompleted)
                KafkaLog.AssignedAgain(logger, name);
            var task = Task.Factory.StartNew(
                () => RunBehindAsync(before, () => run(name, source, revoked.Token)), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
            running[number] = new(name, source, revoked, task);
        }
    }

    /// <summary>Ends the pipelines of some partitions, all at the same time, and waits for them within the bound.</summary>
    internal void Stop(IEnumerable<TopicPartition> partitions, bool lost) => Stop([.. partitions.Select(partition => partition.Partition.Value)], lost);

    /// <summary>Ends all pipelines, and waits within the bound until their readings have ended, too: the last of what they commit to the group is on its way until then.</summary>
    internal void StopAll()
    {
        Stop([.. running.Keys], lost: false);
        client.WaitUntilUnused(options.RevokeTimeout);
    }

    /// <exception cref="Exception">What made a pipeline fail, or end by itself.</exception>
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

    /// <summary>Two pipelines of one partition would be one under the same name to whoever watches them.</summary>
    private static async Task RunBehindAsync(Task before, Func<Task> run)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await run();
    }

    /// <summary>A pipeline that fails while it is stopped has not committed; who takes over reads again.</summary>
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
