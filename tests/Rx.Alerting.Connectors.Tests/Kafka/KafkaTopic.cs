using System.Globalization;
using System.Text;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Rx.Alerting.Connectors.Kafka;

namespace Rx.Alerting.Connectors.Tests.Kafka;

/// <summary>A topic of its own for a test; its records are views whose titles are numbers.</summary>
internal sealed class KafkaTopic : IDisposable
{
    private readonly IProducer<Null, byte[]> producer;
    private Error? refused;

    private KafkaTopic(string servers, string name)
    {
        Name = name;
        Options = new() { BootstrapServers = servers, Topic = name, GroupId = name, DiscoveryInterval = TimeSpan.FromMilliseconds(200) };

        var config = new ProducerConfig
        {
            BootstrapServers = servers,
            LingerMs = 2,
            // Keeps the order. Otherwise the first batch may come behind the second, because the leader of a new topic is not ready for it.
            EnableIdempotence = true,
            ReconnectBackoffMaxMs = 500,
            TopicMetadataRefreshIntervalMs = 500,
        };
        producer = new ProducerBuilder<Null, byte[]>(config).SetLogHandler((_, _) => { }).Build();
        Admin = new DependentAdminClientBuilder(producer.Handle).Build();
    }

    internal string Name { get; }

    internal KafkaOptions Options { get; }

    internal IAdminClient Admin { get; }

    /// <param name="servers">The brokers.</param>
    /// <param name="partitions">How many partitions the topic has.</param>
    /// <param name="stamps">Whether the broker stamps the records; otherwise they have the producer's time.</param>
    /// <param name="compression">The codec by which the broker stores records, as in the topic's setting <c>compression.type</c>.</param>
    internal static KafkaTopic Create(string servers, int partitions, bool stamps = false, string compression = "producer")
    {
        var topic = new KafkaTopic(servers, "views-" + Guid.NewGuid().ToString("n")[..8]);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                topic.CreateAgain(partitions, stamps, compression);
                topic.AwaitKnown();
                return topic;
            }
            catch (CreateTopicsException e) when (e.Results.All(result => result.Error.Code == ErrorCode.TopicAlreadyExists))
            {
                // The attempt before has timed out and succeeded.
                topic.AwaitKnown();
                return topic;
            }
            catch (KafkaException) when (attempt < 10)
            {
                // On a busy machine, it may take a while until the controller knows the broker.
            }
        }
    }

    /// <summary>The controller makes a topic before the brokers know of it. Whoever asks too early is told that there is none.</summary>
    private void AwaitKnown() =>
        Assert.True(SpinWait.SpinUntil(IsKnown, TimeSpan.FromSeconds(30)), $"The broker does not know the topic {Name}.");

    private bool IsKnown()
    {
        try
        {
            var topics = TopicCollection.OfTopicNames([Name]);
            return !Admin.DescribeTopicsAsync(topics).GetAwaiter().GetResult().TopicDescriptions[0].Error.IsError;
        }
        catch (DescribeTopicsException)
        {
            return false;
        }
    }

    /// <summary>A client for a topic that is not there.</summary>
    internal static KafkaTopic Missing(string servers) => new(servers, "missing-" + Guid.NewGuid().ToString("n")[..8]);

    /// <summary>Makes the broker keep only the latest record of each key, as soon as it can.</summary>
    internal Task CompactAsync() => Admin.IncrementalAlterConfigsAsync(new()
    {
        [new() { Type = ResourceType.Topic, Name = Name }] =
        [
            Set("cleanup.policy", "compact"), Set("min.cleanable.dirty.ratio", "0.001"), Set("segment.ms", "50"),
            Set("delete.retention.ms", "0"),
        ],
    });

    internal void CreateAgain(int partitions, bool stamps = false, string compression = "producer")
    {
        // Kafka 4 rejects records with a time more than an hour ahead. Older brokers, and many topics, do not.
        var configs = new Dictionary<string, string>
        {
            ["compression.type"] = compression,
            ["message.timestamp.type"] = stamps ? "LogAppendTime" : "CreateTime",
            ["message.timestamp.after.max.ms"] = long.MaxValue.ToString(CultureInfo.InvariantCulture),
        };
        Admin.CreateTopicsAsync(
            [new() { Name = Name, NumPartitions = partitions, ReplicationFactor = 1, Configs = configs }]).GetAwaiter().GetResult();
    }

    /// <summary>Writes the views of these titles, and waits until the broker has them.</summary>
    internal void Write(int partition, int first, int count) =>
        Write(partition, Enumerable.Range(first, count).Select(title => View(title)));

    internal void Write(int partition, IEnumerable<byte[]> values)
    {
        foreach (var value in values)
            Send(partition, value);
        Flush();
    }

    /// <summary>Writes the view of a title that ended at <paramref name="eventTime"/> (ms), with a time of the producer (ms).</summary>
    internal void Write(int partition, int title, long eventTime, long createTime)
    {
        Send(partition, View(title, eventTime), new Timestamp(createTime, TimestampType.CreateTime));
        Flush();
    }

    internal void WriteRaw(int partition, byte[]? value)
    {
        Send(partition, value!);
        Flush();
    }

    /// <summary>
    /// Adds partitions, and waits until the broker tells clients about them. Until then a producer refuses records for a new partition.
    /// </summary>
    internal async Task GrowAsync(int partitions)
    {
        await Admin.CreatePartitionsAsync([new() { Topic = Name, IncreaseTo = partitions }]);
        Assert.True(SpinWait.SpinUntil(
            () => Admin.GetMetadata(Name, TimeSpan.FromSeconds(10)).Topics[0].Partitions.Count == partitions, TimeSpan.FromSeconds(20)));
    }

    public void Dispose()
    {
        Admin.Dispose();
        producer.Dispose();
    }

    /// <summary>A record of the view of this title.</summary>
    internal static byte[] View(int title, long eventTime = 1_767_225_600_000) =>
        Encoding.UTF8.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $$"""{"property_id":"p","video_id":"{{title}}","view_end":{{eventTime}}}"""));

    private static ConfigEntry Set(string name, string value) =>
        new() { Name = name, Value = value, IncrementalOperation = AlterConfigOpType.Set };

    private void Send(int partition, byte[] value, Timestamp time = default) =>
        producer.Produce(new TopicPartition(Name, partition), new Message<Null, byte[]> { Value = value, Timestamp = time }, report =>
        {
            if (report.Error.IsError)
                refused = report.Error;
        });

    private void Flush()
    {
        producer.Flush(CancellationToken.None);
        if (Interlocked.Exchange(ref refused, null) is { } error)
            throw new KafkaException(error);
    }
}
