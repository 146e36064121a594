using System.Diagnostics;
using Confluent.Kafka;
using Rx.Alerting.Benchmarks.Running;
using Rx.Alerting.Connectors.Kafka;

namespace Rx.Alerting.Benchmarks.Streaming;

/// <summary>The least that reading a topic takes: Confluent.Kafka's own loop with the settings of our source; values are taken and dropped.</summary>
internal static class BareConsumer
{
    public static void Run(Arguments arguments)
    {
        var (topic, views) = (arguments["topic"], arguments.Int("views"));
        KafkaLibrary.Prepare();
        var started = Stopwatch.GetTimestamp();
        using var consumer = new ConsumerBuilder<Ignore, byte[]>(KafkaSettings.ForReading(new KafkaOptions { BootstrapServers = arguments["servers"], Topic = topic }))
            .SetLogHandler((_, _) => { })
            .Build();
        consumer.Assign(Enumerable.Range(0, arguments.Int("partitions")).Select(number => new TopicPartitionOffset(topic, number, 0)));
        long records = 0, bytes = 0;
        while (records < views)
        {
            if (consumer.Consume(TimeSpan.FromMilliseconds(100)) is not { IsPartitionEOF: false } result)
                continue;
            records++;
            bytes += result.Message.Value.Length;
        }

        Figures.Write(("views", records), ("seconds", Stopwatch.GetElapsedTime(started).TotalSeconds), ("bytes", bytes));
        consumer.Close();
    }
}
