using Confluent.Kafka;
using Rx.Alerting.Connectors.Kafka;

namespace Rx.Alerting.Connectors.Tests.Kafka;

/// <summary>What producers write in transactions.</summary>
public sealed class KafkaTransactionTests(KafkaFixture kafka)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public void Read_CommittedAndAborted_GivesTheCommittedAndTakesMarkersForNoGap()
    {
        using var topic = kafka.Topic();
        using var producer = new ProducerBuilder<Null, byte[]>(new ProducerConfig { BootstrapServers = topic.Options.BootstrapServers, TransactionalId = topic.Name })
            .SetLogHandler((_, _) => { })
            .Build();
        producer.InitTransactions(Patience);
        Write(producer, topic, 0);
        producer.CommitTransaction(Patience);
        Write(producer, topic, 10);
        producer.AbortTransaction(Patience);
        Write(producer, topic, 20);
        producer.CommitTransaction(Patience);

        using var reading = new KafkaCollector(topic.Options);
        reading.Until(20).UntilIdle(topic.Name + "-0");
        Assert.Equal(Enumerable.Range(0, 10).Concat(Enumerable.Range(20, 10)), reading.Titles);
        // Thirty records and a marker behind each ten.
        Assert.StartsWith("33", reading.Positions[topic.Name + "-0"], StringComparison.Ordinal);
        reading.Dispose();

        Write(producer, topic, 30);
        producer.CommitTransaction(Patience);
        using var resumed = new KafkaCollector(topic.Options, reading.Positions);
        resumed.Until(10).UntilIdle(topic.Name + "-0");
        Assert.Equal(Enumerable.Range(30, 10), resumed.Titles);
        Assert.Equal(0, ((KafkaViewSource)resumed.Source).Counters.Gaps);
    }

    private static void Write(IProducer<Null, byte[]> producer, KafkaTopic topic, int first)
    {
        producer.BeginTransaction();
        foreach (var title in Enumerable.Range(first, 10))
            producer.Produce(new TopicPartition(topic.Name, 0), new Message<Null, byte[]> { Value = KafkaTopic.View(title) });
        producer.Flush(Patience);
    }
}
