using System.Diagnostics;
using Confluent.Kafka;
using Rx.Alerting.Benchmarks.Running;
using Rx.Alerting.Connectors.Kafka;

namespace Rx.Alerting.Benchmarks.Streaming;

/// <summary>The least time to read a topic: the loop of Confluent.Kafka with the settings of our source. Values are dropped.</summary>
internal static class BareConsumer
{
    public static void Run(Arguments arguments) =>
        WarmPasses.Run(
            arguments, () => Pass(arguments["servers"], arguments["topic"], arguments.Int("partitions"), arguments.Int("views")));

    private static double Pass(string servers, string topic, int partitions, int views)
    {
        var (started, used) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        var settings = KafkaSettings.ForReading(new KafkaOptions { BootstrapServers = servers, Topic = topic });
        settings.ConsumeResultFields = "timestamp"; // The arrival times that views have.
        using var consumer = new ConsumerBuilder<Ignore, byte[]>(settings)
            .SetLogHandler((_, _) => { })
            .Build();
        consumer.Assign(Enumerable.Range(0, partitions).Select(number => new TopicPartitionOffset(topic, number, 0)));
        long records = 0, bytes = 0;
        while (records < views)
        {
            if (consumer.Consume(TimeSpan.FromMilliseconds(100)) is not { IsPartitionEOF: false } result)
                continue;
            records++;
            bytes += result.Message.Value.Length;
        }

        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        Figures.Write(("seconds", seconds), ("cpu_seconds", (Environment.CpuUsage.TotalTime - used).TotalSeconds), ("bytes", bytes));
        consumer.Close();
        return seconds;
    }
}
