using Microsoft.Extensions.Logging;

namespace Rx.Alerting.Connectors.Kafka.Reading;

/// <summary>
/// The client by which a process reads all partitions that a group has assigned to it, each from a queue of its own. It is open while any of them is read.
/// Thread-safe.
/// </summary>
internal sealed class SharedClient(KafkaOptions options, ILogger logger)
{
    private readonly SemaphoreSlim sync = new(1);
    private readonly ManualResetEventSlim unused = new(initialState: true);
    private readonly Dictionary<int, SemaphoreSlim> readings = [];
    private KafkaClient? client;
    private int users;

    internal Brokers Brokers { get; } = new(options, logger);

    /// <summary>
    /// Waits until an earlier reading of the partition has ended, as a client reads a partition once; its thread ends some time after it was disposed of.
    /// Opens the client if nothing is read yet.
    /// </summary>
    /// <param name="partition">To be given back by <see cref="Return"/>.</param>
    /// <param name="cancellation">Nobody is listening any more.</param>
    internal KafkaClient Take(int partition, CancellationToken cancellation)
    {
        var reading = ReadingOf(partition, cancellation);
        reading.Wait(cancellation);
        try
        {
            sync.Wait(cancellation);
            try
            {
                client ??= Open(cancellation);
                users++;
                unused.Reset();
                return client;
            }
            finally
            {
                sync.Release();
            }
        }
        catch
        {
            reading.Release();
            throw;
        }
    }

    /// <summary>The partition is not read any more: it is not assigned, and its queue is gone.</summary>
    internal void Return(int partition)
    {
        KafkaClient? last = null;
        sync.Wait();
        users--;
        if (users == 0)
            (last, client) = (client, null);
        readings[partition].Release();
        sync.Release();
        last?.Dispose();
        if (last is not null)
            SetUnused();
    }

    /// <summary>Ends when nothing is read, or the time is over.</summary>
    internal void WaitUntilUnused(TimeSpan longest) => unused.Wait(longest);

    /// <summary>A reading may have begun while the client closed.</summary>
    private void SetUnused()
    {
        sync.Wait();
        if (users == 0)
            unused.Set();
        sync.Release();
    }

    private SemaphoreSlim ReadingOf(int partition, CancellationToken cancellation)
    {
        sync.Wait(cancellation);
        if (!readings.TryGetValue(partition, out var reading))
            readings.Add(partition, reading = new(1));
        sync.Release();
        return reading;
    }

    /// <summary>How much each partition may fetch ahead is a setting of the client, so the topic is asked first how many it has.</summary>
    private KafkaClient Open(CancellationToken cancellation)
    {
        int partitions;
        using (var first = new KafkaClient(options, Brokers, logger, queues: 1))
            partitions = first.Ask(topic => topic.DescribeAsync(), cancellation).Partitions;
        return new(options, Brokers, logger, partitions);
    }
}
