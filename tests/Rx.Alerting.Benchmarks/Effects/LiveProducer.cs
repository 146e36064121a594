using System.Diagnostics;
using System.Text;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Rx.Alerting.Benchmarks.Views;

namespace Rx.Alerting.Benchmarks.Effects;

/// <summary>Sends views to a topic of its own, without lingering, and notes when each second of event time begins to be sent.</summary>
internal sealed class LiveProducer : IDisposable
{
    /// <summary>Second 0. So long ago that the present limits nothing.</summary>
    private static readonly DateTimeOffset Begin = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    private readonly string topic;
    private readonly Turns turns;
    private readonly int partitions;
    private readonly IProducer<Null, byte[]> producer;
    private readonly List<long> sent = [];
    private long views;

    public LiveProducer(string servers, string topic, int partitions, Turns turns)
    {
        (this.topic, this.partitions, this.turns) = (topic, partitions, turns);
        producer = new ProducerBuilder<Null, byte[]>(new ProducerConfig
        {
            BootstrapServers = servers,
            LingerMs = 0,
            EnableDeliveryReports = false,
        }).SetLogHandler((_, _) => { }).Build();
        using var admin = new DependentAdminClientBuilder(producer.Handle).Build();
        admin.CreateTopicsAsync([new TopicSpecification { Name = topic, NumPartitions = partitions, ReplicationFactor = 1 }])
            .GetAwaiter().GetResult();
    }

    /// <summary>The next second of event time.</summary>
    public int Second => sent.Count;

    /// <summary>Sends a second of event time. Its views go to all partitions in turn.</summary>
    public void Send()
    {
        var second = Second;
        var records = Records(second);
        sent.Add(Stopwatch.GetTimestamp());
        for (var i = 0; i < records.Length; i++)
            producer.Produce(new TopicPartition(topic, i % partitions), new Message<Null, byte[]> { Value = records[i] });
    }

    public void Flush() => producer.Flush(CancellationToken.None);

    /// <summary>The second whose first view has this event time.</summary>
    public static int SecondOf(DateTimeOffset time) => (int)(time - Begin).TotalSeconds;

    /// <summary>When the first view of a second was handed to the producer: a timestamp of <see cref="Stopwatch"/>.</summary>
    public long SentAt(int second) => sent[second];

    public void Dispose() => producer.Dispose();

    private byte[][] Records(int second)
    {
        var records = new byte[turns.Properties * Turns.ViewsPerSecond][];
        for (var i = 0; i < records.Length; i++)
        {
            var property = i % turns.Properties;
            var time = Begin.AddSeconds(second).AddMilliseconds(i * 1000 / records.Length);
            // So many titles that none has enough views for an incident of its own.
            var title = (int)(views * 7919 % 1_000_000);
            records[i] = Encoding.UTF8.GetBytes(MuxRecords.JsonOf(views++, property, title, time, turns.Fails(property, second)));
        }

        return records;
    }
}
