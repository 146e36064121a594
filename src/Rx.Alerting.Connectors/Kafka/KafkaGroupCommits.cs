using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace Rx.Alerting.Connectors.Kafka;

/// <summary>
/// Commits offsets to the consumer group on another thread, one request at a time. Of the offsets that come during a request, only the
/// newest are committed.
/// </summary>
/// <remarks>
/// Only lag tools need these commits, so a failure is logged and the reading goes on. If nothing more is read after a failure, lag tools
/// would show a lag for ever. So the latest failed commit is tried again (<see cref="Retry"/>).
/// </remarks>
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

    /// <summary>Tries the latest failed commit again. To be called now and then.</summary>
    internal void Retry()
    {
        lock (sync)
        {
            if (failed is not null && next is null && running.IsCompleted)
                Begin(failed);
        }
    }

    /// <summary>Accepts no more offsets, and waits for the commit that is running. To be called before the consumer is closed.</summary>
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
            failed = next is null ? offsets : null; // Newer offsets make a retry needless.
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
