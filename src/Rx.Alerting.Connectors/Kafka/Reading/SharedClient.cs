using Microsoft.Extensions.Logging;

namespace Rx.Alerting.Connectors.Kafka.Reading;

/// <summary>
/// The one client by which a process reads all partitions that a group has assigned to it. Each partition has a queue of its own.
/// The client is open while any partition is read. Thread-safe.
/// </summary>
internal sealed class SharedClient(KafkaOptions options, ILogger logger)
{
    private readonly SemaphoreSlim sync = new(1);
    private readonly ManualResetEventSlim unused = new(initialState: true);
    private readonly Dictionary<int, SemaphoreSlim> readings = [];
    private KafkaClient? client;
    private int users;

    internal BrokerHealth Brokers { get; } = new(options, logger);

    /// <summary>
    /// Waits until an earlier reading of the partition has ended, because a client can read a partition only once. That reading's thread
    /// ends some time after its subscription. Opens the client if nothing is read yet.
    /// </summary>
    /// <param name="partition">The partition to read; to be given back by <see cref="Return"/>.</param>
    /// <param name="cancellation">Cancelled when the subscription ends.</param>
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

    /// <summary>
    /// Gives a partition back that is not assigned any more, and whose queue is disposed of. The last one closes the client.
    /// </summary>
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

    /// <summary>Waits until nothing is read, or the time is over.</summary>
    internal void WaitUntilUnused(TimeSpan longest) => unused.Wait(longest);

    /// <summary>Looks once more, because a reading may have begun while the client was closing.</summary>
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

    /// <summary>Opens a first client to count the partitions: how much each may fetch ahead is a setting of the client.</summary>
    private KafkaClient Open(CancellationToken cancellation)
    {
        int partitions;
        using (var first = new KafkaClient(options, Brokers, logger, queues: 1))
            partitions = first.Ask(topic => topic.DescribeAsync(), cancellation).Partitions;
        return new(options, Brokers, logger, partitions);
    }
}
