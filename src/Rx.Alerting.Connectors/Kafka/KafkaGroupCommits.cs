using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace Rx.Alerting.Connectors.Kafka;

/// <summary>
/// Commits offsets to the consumer group beside the reading, one request at a time; of what comes meanwhile only the newest
/// counts. Nothing depends on it but lag tools, so failures are logged and no more.
/// </summary>
internal sealed class KafkaGroupCommits(Action<IReadOnlyCollection<TopicPartitionOffset>> commit, string group, ILogger logger)
{
    private readonly Lock sync = new();
    private IReadOnlyCollection<TopicPartitionOffset>? next;
    private Task running = Task.CompletedTask;
    private bool stopped;

    internal void Offer(IReadOnlyCollection<TopicPartitionOffset> offsets)
    {
        lock (sync)
        {
            if (stopped || offsets.Count == 0)
                return;
            next = offsets;
            if (running.IsCompleted)
                running = Task.Run(Run);
        }
    }

    /// <summary>Takes no more, and waits for what is on its way, as the consumer goes.</summary>
    internal void Stop()
    {
        Task last;
        lock (sync)
        {
            stopped = true;
            last = running;
        }

        last.GetAwaiter().GetResult();
    }

    private void Run()
    {
        while (Take() is { } offsets)
        {
            try
            {
                commit(offsets);
            }
            catch (Exception e) when (e is KafkaException or InvalidOperationException or ObjectDisposedException)
            {
                KafkaLog.NotCommitted(logger, group, e.Message);
            }
        }
    }

    private IReadOnlyCollection<TopicPartitionOffset>? Take()
    {
        lock (sync)
        {
            var taken = next;
            next = null;
            if (taken is null)
                running = Task.CompletedTask;
            return taken;
        }
    }
}
