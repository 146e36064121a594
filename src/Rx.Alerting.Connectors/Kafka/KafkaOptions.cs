using System.ComponentModel.DataAnnotations;
using Rx.Alerting.Connectors.Framing;
using Rx.Alerting.Connectors.Positions;
using Rx.Alerting.Core.Options;
using Rx.Alerting.Core.Views.AccessLog;

namespace Rx.Alerting.Connectors.Kafka;

/// <summary>Which topic of Kafka is read, and how.</summary>
[OptionSection("Kafka")]
public sealed record KafkaOptions : IValidatableObject
{
    /// <summary>Brokers to ask first: <c>host:port</c>, separated by commas.</summary>
    [Required(ErrorMessage = "is empty, must name at least one broker as host:port")]
    public string BootstrapServers { get; init; } = "localhost:9092";

    /// <summary>The topic.</summary>
    [Required(ErrorMessage = "is empty, must name a topic")]
    public string Topic { get; init; } = "views";

    /// <summary>The consumer group. Its members share partitions, and lag tools show the progress under its name.</summary>
    [Required(ErrorMessage = "is empty, must name a consumer group")]
    public string GroupId { get; init; } = "rx-alerting";

    /// <summary>The format of the records' values.</summary>
    public RecordFormat Format { get; init; } = RecordFormat.MuxJson;

    /// <summary>How access logs are read; section <c>AccessLog</c>.</summary>
    public AccessLogOptions AccessLog { get; init; } = new();

    /// <summary>
    /// Which views are in a partition. <c>any</c>: any view may be in any partition, and one process reads them all. <c>by-property</c>:
    /// the topic is keyed by property, and the processes of the group share its partitions.
    /// </summary>
    public KafkaPartitioning Partitioning { get; init; } = KafkaPartitioning.Any;

    /// <summary>
    /// Where to start without a checkpoint. <c>earliest</c>: with the oldest record that the topic still has. <c>latest</c>: with the
    /// next record that comes.
    /// </summary>
    [AllowedValues(StartAt.Earliest, StartAt.Latest)]
    public StartAt StartAt { get; init; } = StartAt.Earliest;

    /// <summary>What to do when the records behind a checkpoint are gone: fail, or skip them, log and count.</summary>
    public OnGap OnGap { get; init; } = OnGap.Fail;

    /// <summary>Any settings of librdkafka, as <c>key=value,key=value</c>. A comma in a value is written twice.</summary>
    [Secret(InPart = true)]
    public string Settings { get; init; } = string.Empty;

    /// <summary>A file with the settings, instead of <see cref="Settings"/>.</summary>
    public string SettingsFile { get; init; } = string.Empty;

    /// <summary>Records in a batch. A batch also ends after 8 MiB.</summary>
    /// <remarks>By default few enough that their bytes stay in a core's cache while they are decoded.</remarks>
    [Range(1, 65_536)]
    public int BatchViews { get; init; } = 512;

    /// <summary>The longest record, in bytes. A longer record is rejected.</summary>
    [Range(64, 64 << 20)]
    public int MaximumRecordBytes { get; init; } = 1 << 20;

    /// <summary>How much is fetched ahead of the pipeline, in KiB. Partitions divide it among them, and each has at least 1024.</summary>
    [Range(1024, 1 << 20)]
    public int QueuedKilobytes { get; init; } = 65_536;

    /// <summary>How often to look for new partitions, and whether the topic is still the same.</summary>
    [TimeRange("100ms", "1h")]
    public TimeSpan DiscoveryInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a pipeline may take to end when its partition is revoked. Must be below <c>max.poll.interval.ms</c>.</summary>
    [TimeRange("1s", "4m")]
    public TimeSpan RevokeTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var fault in KafkaSettings.Faults(Settings))
            yield return new(fault, [nameof(Settings)]);
        if (RevokeTimeout >= KafkaSettings.MaximumPollInterval(Settings))
        {
            yield return new(
                $"must be below max.poll.interval.ms in Kafka:{nameof(Settings)}, or the group takes the process for dead while it waits",
                [nameof(RevokeTimeout)]);
        }
    }
}
