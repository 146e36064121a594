using System.Globalization;
using Confluent.Kafka;

namespace Rx.Alerting.Connectors.Kafka;

/// <summary>Makes settings of librdkafka from options.</summary>
internal static class KafkaSettings
{
    /// <summary>Settings that reading relies on. <c>Kafka:Settings</c> must not have them.</summary>
    private static readonly string[] Reserved =
    [
        "bootstrap.servers", "group.id", "enable.auto.commit", "enable.auto.offset.store", "enable.partition.eof", "auto.offset.reset",
        "partition.assignment.strategy", "group.protocol",
    ];

    internal static IEnumerable<string> Faults(string settings)
    {
        foreach (var (key, value) in Parse(settings))
        {
            if (value is null || key.Length == 0)
                yield return "has an item that is not key=value; a comma in a value is written twice";
            if (Reserved.Contains(key))
                yield return $"has {key}, which the source sets itself";
        }
    }

    /// <summary>
    /// How long a member may take between polls before the group takes it for dead. librdkafka's default if it is not set, or is no number.
    /// </summary>
    internal static TimeSpan MaximumPollInterval(string settings) => Milliseconds(settings, "max.poll.interval.ms", 300_000);

    /// <summary>
    /// How long a member may send no heartbeat before the group takes it for dead. librdkafka's default if it is not set, or is no number.
    /// </summary>
    internal static TimeSpan SessionTimeout(string settings) => Milliseconds(settings, "session.timeout.ms", 45_000);

    /// <summary>The most that one fetch brings.</summary>
    private const int LeastQueuedKilobytes = 1024;

    /// <summary>For a consumer whose partitions are assigned by hand.</summary>
    /// <param name="options">Validated options.</param>
    /// <param name="queues">How many queues share the memory for fetched records. librdkafka bounds each queue.</param>
    internal static ConsumerConfig ForReading(KafkaOptions options, int queues = 1) => With(options, new ConsumerConfig
    {
        EnablePartitionEof = true,
        AutoOffsetReset = AutoOffsetReset.Error,
        QueuedMaxMessagesKbytes = Math.Max(LeastQueuedKilobytes, options.QueuedKilobytes / queues),
        QueuedMinMessages = 1_000_000,
        FetchWaitMaxMs = 100,

        // The default rests for a second whenever the bound was reached, and a fast pipeline would wait for that.
        FetchQueueBackoffMs = 5,
        ConsumeResultFields = "none",
    });

    /// <summary>For a consumer that only takes part in the group.</summary>
    internal static ConsumerConfig ForMembership(KafkaOptions options) => With(options, new ConsumerConfig
    {
        AutoOffsetReset = AutoOffsetReset.Latest,
        PartitionAssignmentStrategy = PartitionAssignmentStrategy.CooperativeSticky,
        ConsumeResultFields = "none",
    });

    private static ConsumerConfig With(KafkaOptions options, ConsumerConfig config)
    {
        config.BootstrapServers = options.BootstrapServers;
        config.GroupId = options.GroupId;
        config.EnableAutoCommit = false;
        config.EnableAutoOffsetStore = false;
        config.SocketKeepaliveEnable = true;
        config.ReconnectBackoffMaxMs = 2000;
        foreach (var (key, value) in Parse(options.Settings))
            config.Set(key, value);
        return config;
    }

    private static TimeSpan Milliseconds(string settings, string name, int otherwise)
    {
        var text = Parse(settings).LastOrDefault(setting => setting.Key == name).Value;
        var isNumber = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds);
        return TimeSpan.FromMilliseconds(isNumber ? milliseconds : otherwise);
    }

    private static IEnumerable<(string Key, string? Value)> Parse(string settings)
    {
        const char comma = '\0';
        var escaped = settings.Replace(",,", comma.ToString(), StringComparison.Ordinal);
        foreach (var part in escaped.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var text = part.Replace(comma, ',');
            var at = text.IndexOf('=', StringComparison.Ordinal);
            yield return at < 0 ? (text, null) : (text[..at].Trim(), text[(at + 1)..].Trim());
        }
    }
}
