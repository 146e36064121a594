using Confluent.Kafka;
using Rx.Alerting.Testing.Servers;

namespace Rx.Alerting.Service.Tests.Crashes;

/// <summary>A topic keyed by property. It is full before it is read, so that no partition becomes idle on the way.</summary>
internal sealed class CrashTopic : IDisposable
{
    public const int Partitions = 6;

    public const string Name = "views";

    private readonly KafkaBroker broker;
    private readonly IProducer<Null, byte[]> producer;
    private readonly IAdminClient admin;
    private readonly Dictionary<string, IConsumer<Null, byte[]>> groups = [];

    private CrashTopic(KafkaBroker broker)
    {
        this.broker = broker;
        producer = new ProducerBuilder<Null, byte[]>(
            new ProducerConfig { BootstrapServers = Servers, LingerMs = 20, EnableIdempotence = true, BatchSize = 1 << 20 })
            .SetLogHandler((_, _) => { })
            .Build();
        admin = new DependentAdminClientBuilder(producer.Handle).Build();
    }

    public string Servers => broker.BootstrapServers;

    public long Views { get; private set; }

    /// <summary>Skips the test if there is no broker, except on CI.</summary>
    public static async Task<CrashTopic> FillAsync(long views)
    {
        var broker = KafkaBroker.TryStart();
        Assert.SkipWhen(
            broker is null && Environment.GetEnvironmentVariable("CI") != "true",
            "There is no Kafka broker: unpack Apache Kafka (with a Java runtime) and set KAFKA_HOME to its folder.");
        var topic = new CrashTopic(broker ?? throw new InvalidOperationException("CI needs a Kafka broker: KAFKA_HOME must be set."));
        await topic.admin.CreateTopicsAsync([new() { Name = Name, NumPartitions = Partitions, ReplicationFactor = 1 }]);
        topic.Add(views);
        return topic;
    }

    /// <summary>Writes the first views of the traffic.</summary>
    public void Add(long views) => Add(views, 0, (int)views);

    /// <summary>Writes some of the views of the traffic.</summary>
    /// <param name="views">Number of views in the traffic.</param>
    /// <param name="begin">The first view to write.</param>
    /// <param name="end">The first view after that not to write.</param>
    public void Add(long views, int begin, int end)
    {
        foreach (var (property, message) in CrashTraffic.Read(views).Take(begin..end))
            Produce((int)(property % Partitions), message);
        producer.Flush(TestContext.Current.CancellationToken);
        Views += end - begin;
    }

    /// <summary>A service that reads the topic, and keeps its state under <paramref name="name"/>.</summary>
    /// <param name="redis">Has the service's state.</param>
    /// <param name="name">Prefix of the service's keys.</param>
    /// <param name="partitioning">The meaning of the partitions.</param>
    /// <param name="group">The service's consumer group. Null for the group with the name of the state.</param>
    public CrashService Service(RedisServer redis, string name, string partitioning, string? group = null) => new(
        redis, name, Views, _ => Task.FromResult(Committed(name)),
        "--source", "kafka",
        "--set", $"Kafka:BootstrapServers={Servers}",
        "--set", $"Kafka:Topic={Name}",
        "--set", $"Kafka:GroupId={group ?? name}",
        "--set", "Kafka:Format=mux-protobuf",
        "--set", $"Kafka:Partitioning={partitioning}",
        "--set", "Kafka:Settings=session.timeout.ms=6000,heartbeat.interval.ms=500");

    /// <summary>How many records of the topic a group has committed.</summary>
    public long Committed(string group)
    {
        if (!groups.TryGetValue(group, out var consumer))
            groups[group] = consumer = new ConsumerBuilder<Null, byte[]>(new ConsumerConfig { BootstrapServers = Servers, GroupId = group })
                .Build();
        try
        {
            var partitions = Enumerable.Range(0, Partitions).Select(partition => new TopicPartition(Name, partition));
            return consumer.Committed(partitions, TimeSpan.FromSeconds(10)).Sum(partition => Math.Max(0, partition.Offset.Value));
        }
        catch (KafkaException)
        {
            return 0; // Nobody coordinates the group yet.
        }
    }

    public void Dispose()
    {
        foreach (var consumer in groups.Values)
            consumer.Dispose();
        admin.Dispose();
        producer.Dispose();
        broker.Dispose();
    }

    private void Produce(int partition, byte[] message)
    {
        while (true)
        {
            try
            {
                producer.Produce(new TopicPartition(Name, partition), new Message<Null, byte[]> { Value = message });
                return;
            }
            catch (ProduceException<Null, byte[]> full) when (full.Error.Code == ErrorCode.Local_QueueFull)
            {
                producer.Flush(TimeSpan.FromMilliseconds(100));
            }
        }
    }
}
