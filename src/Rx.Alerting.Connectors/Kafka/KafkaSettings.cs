using System.Globalization;
using Confluent.Kafka;

namespace Rx.Alerting.Connectors.Kafka;

/// <summary>Options to settings of librdkafka.</summary>
internal static class KafkaSettings
{
    /// <summary>What reading relies on; nobody may set it otherwise.</summary>
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
                yield return $"has \"{key}\", must be key=value,key=value";
            if (Reserved.Contains(key))
                yield return $"has {key}, which the source sets itself";
        }
    }

    /// <summary>How long a member may be silent before the group takes it for dead; librdkafka's default where it is not set, or is no number.</summary>
    internal static TimeSpan MaximumPollInterval(string settings) => Milliseconds(settings, "max.poll.interval.ms", 300_000);

    /// <summary>How long a member may send no heartbeat before the group takes it for dead; as <see cref="MaximumPollInterval"/>.</summary>
    internal static TimeSpan SessionTimeout(string settings) => Milliseconds(settings, "session.timeout.ms", 45_000);

    /// <summary>As much as one fetch brings at most.</summary>
    private const int LeastQueuedKilobytes = 1024;

    /// <summary>For a consumer whose partitions are assigned by hand.</summary>
    /// <param name="options">Valid ones.</param>
    /// <param name="queues">How many queues share what is fetched ahead; librdkafka bounds each of them.</param>
    internal static ConsumerConfig ForReading(KafkaOptions options, int queues = 1) => With(options, new ConsumerConfig
    {
        EnablePartitionEof = true,
        AutoOffsetReset = AutoOffsetReset.Error,
        QueuedMaxMessagesKbytes = Math.Max(LeastQueuedKilobytes, options.QueuedKilobytes / queues),
        QueuedMinMessages = 1_000_000,
        FetchWaitMaxMs = 100,

        // Otherwise fetching rests for a second whenever the bound was reached, and a fast pipeline waits for it.
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
        return TimeSpan.FromMilliseconds(int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) ? milliseconds : otherwise);
    }

    private static IEnumerable<(string Key, string? Value)> Parse(string settings)
    {
        const char comma = '\0';
        foreach (var part in settings.Replace(",,", comma.ToString(), StringComparison.Ordinal).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var text = part.Replace(comma, ',');
            var at = text.IndexOf('=', StringComparison.Ordinal);
            yield return at < 0 ? (text, null) : (text[..at].Trim(), text[(at + 1)..].Trim());
        }
    }
}
