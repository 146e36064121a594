using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace Rx.Alerting.Connectors.Kafka;

/// <summary>
/// Commits offsets to the consumer group beside the reading, one request at a time; of what comes meanwhile only the newest
/// counts. Nothing depends on it but lag tools, so failures are logged; but where nothing more is read, lag tools would show too much for
/// ever, so what failed last is tried again (<see cref="Retry"/>).
/// </summary>
internal sealed class KafkaGroupCommits(Action<IReadOnlyCollection<TopicPartitionOffset>> commit, string group, ILogger logger)
{
    private readonly Lock sync = new();
    private IReadOnlyCollection<TopicPartitionOffset>? next;
    private IReadOnlyCollection<TopicPartitionOffset>? failed;
    private bool logged;
    private Task running = Task.CompletedTask;
    private bool stopped;

    internal void Offer(IReadOnlyCollection<TopicPartitionOffset> offsets)
    {
        lock (sync)
        {
            if (offsets.Count > 0)
                Begin(offsets);
        }
    }

    /// <summary>Tries again what failed last; to be called now and then.</summary>
    internal void Retry()
    {
        lock (sync)
        {
            if (failed is not null && next is null && running.IsCompleted)
                Begin(failed);
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

    private void Begin(IReadOnlyCollection<TopicPartitionOffset> offsets)
    {
        if (stopped)
            return;
        (next, failed) = (offsets, null);
        if (running.IsCompleted)
            running = Task.Run(Run);
    }

    private void Run()
    {
        while (Take() is { } offsets)
        {
            try
            {
                commit(offsets);
                logged = false;
            }
            catch (Exception e) when (e is KafkaException or InvalidOperationException or ObjectDisposedException)
            {
                Fail(offsets, e);
            }
        }
    }

    private void Fail(IReadOnlyCollection<TopicPartitionOffset> offsets, Exception problem)
    {
        lock (sync)
            failed = next is null ? offsets : null; // Newer ones, if there are, come next, and stay.
        if (!logged)
            KafkaLog.NotCommitted(logger, group, problem.Message);
        logged = true;
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
