using Confluent.Kafka;

namespace Rx.Alerting.Connectors.Tests.Kafka;

/// <summary>
/// Writes views to a partition in transactions. If it is disposed of during a transaction, that stays open, as after a crash.
/// </summary>
internal sealed class TransactionalWriter : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly IProducer<byte[], byte[]> producer;
    private readonly TopicPartition partition;

    internal TransactionalWriter(KafkaTopic topic, int partition = 0, TimeSpan? timeout = null)
    {
        this.partition = new(topic.Name, partition);
        var config = new ProducerConfig
        {
            BootstrapServers = topic.Options.BootstrapServers,
            TransactionalId = $"{topic.Name}-{partition}-{Guid.NewGuid():n}",
            TransactionTimeoutMs = (int)(timeout ?? TimeSpan.FromMinutes(1)).TotalMilliseconds,
        };
        producer = new ProducerBuilder<byte[], byte[]>(config).SetLogHandler((_, _) => { }).Build();
        producer.InitTransactions(Patience);
    }

    internal TransactionalWriter Begin()
    {
        producer.BeginTransaction();
        return this;
    }

    /// <summary>Writes the views of these titles, and waits until the broker has them.</summary>
    internal TransactionalWriter Write(int first, int count)
    {
        foreach (var title in Enumerable.Range(first, count))
            Send(KafkaTopic.View(title));
        producer.Flush(Patience);
        return this;
    }

    /// <summary>Writes a view that ended at <paramref name="eventTime"/> (ms).</summary>
    internal void WriteAt(int title, long eventTime)
    {
        Send(KafkaTopic.View(title, eventTime));
        producer.Flush(Patience);
    }

    /// <summary>Writes a view under a key, for topics that keep the latest of each.</summary>
    internal TransactionalWriter WriteKeyed(int title, byte key)
    {
        Send(KafkaTopic.View(title), [key]);
        producer.Flush(Patience);
        return this;
    }

    internal void Commit() => producer.CommitTransaction(Patience);

    internal void Abort() => producer.AbortTransaction(Patience);

    public void Dispose() => producer.Dispose();

    private void Send(byte[] value, byte[]? key = null) =>
        producer.Produce(partition, new Message<byte[], byte[]> { Key = key!, Value = value });
}
