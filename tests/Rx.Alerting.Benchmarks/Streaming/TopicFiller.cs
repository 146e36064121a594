using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Rx.Alerting.Benchmarks.Running;
using Rx.Alerting.Connectors.Simulation;
using Rx.Alerting.Connectors.Simulation.Formats;

namespace Rx.Alerting.Benchmarks.Streaming;

/// <summary>
/// Creates a topic and fills it with simulated views as Mux JSON, spread by view id. With a drift, the first minutes of event time are in
/// partition 0 only: it begins that much behind the others.
/// </summary>
internal static class TopicFiller
{
    /// <summary>Incidents per property and day for a view a second: some break in every topic, few in proportion to its views.</summary>
    private const double IncidentsPerDayAndRate = 0.024;

    public static void Run(Arguments arguments)
    {
        var (traffic, topic, servers) = (TopicTraffic.Read(arguments, arguments.Int("drift")), arguments["topic"], arguments["servers"]);
        using var producer = new ProducerBuilder<Null, byte[]>(new ProducerConfig
        {
            BootstrapServers = servers,
            LingerMs = 20,
            BatchSize = 1 << 20,
            EnableIdempotence = true,
            EnableDeliveryReports = false,
        }).SetLogHandler((_, _) => { }).Build();
        var specification = new TopicSpecification
        {
            Name = topic,
            NumPartitions = traffic.Partitions,
            ReplicationFactor = 1,
        };
        using (var admin = new DependentAdminClientBuilder(producer.Handle).Build())
            admin.CreateTopicsAsync([specification]).GetAwaiter().GetResult();

        var (views, bytes) = Fill(traffic, (partition, record) => Send(producer, new TopicPartition(topic, partition), record));
        producer.Flush(CancellationToken.None);
        Figures.Write(("views", views), ("bytes", bytes / (double)views));
    }

    private static (long Views, long Bytes) Fill(TopicTraffic traffic, Action<int, byte[]> send)
    {
        var options = new SimulationOptions
        {
            Views = traffic.Rate * 86_400L,
            Days = 1,
            Titles = traffic.Titles,
            Quiet = TimeSpan.FromMinutes(10),
            PropertyIncidentsPerDay = traffic.Rate * IncidentsPerDayAndRate,
            TitleIncidentsPerDay = traffic.Rate * IncidentsPerDayAndRate,
        };
        var generator = new TrafficGenerator(options, endless: true);
        var encoder = new MuxJsonEncoder(generator.World);
        var together = options.Start.AddMinutes(traffic.DriftMinutes).ToUnixTimeMilliseconds();
        var buffer = new byte[RecordEncoder.MaximumRecordBytes];
        long views = 0, bytes = 0;
        while (views < traffic.Views && generator.TryNext(out var slice))
        {
            for (var i = 0; i < slice.Length && views < traffic.Views; i++)
            {
                var partition = PartitionFiles.PartitionOf(slice[i], traffic.Partitions);
                if (partition > 0 && slice[i].EventTime < together)
                    continue;
                var length = encoder.Encode(slice[i], buffer) - 1;
                send(partition, buffer.AsSpan(0, length).ToArray());
                views++;
                bytes += length;
            }
        }

        return (views, bytes);
    }

    private static void Send(IProducer<Null, byte[]> producer, TopicPartition partition, byte[] record)
    {
        while (true)
        {
            try
            {
                producer.Produce(partition, new Message<Null, byte[]> { Value = record });
                return;
            }
            catch (ProduceException<Null, byte[]> e) when (e.Error.Code == ErrorCode.Local_QueueFull)
            {
                producer.Poll(TimeSpan.FromMilliseconds(50));
            }
        }
    }
}
