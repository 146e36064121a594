using Rx.Alerting.Connectors.Framing;
using Rx.Alerting.Core.Options;
using Rx.Alerting.Core.Views.AccessLog;

namespace Rx.Alerting.Connectors.Kafka;

/// <summary>Section <c>Kafka</c>: which topic is read, and how.</summary>
public sealed record KafkaOptions
{
    /// <summary>Brokers to ask first, <c>host:port</c>, separated by commas. Not empty; default <c>localhost:9092</c>.</summary>
    public string BootstrapServers { get; init; } = "localhost:9092";

    /// <summary>The topic. Not empty; default <c>views</c>.</summary>
    public string Topic { get; init; } = "views";

    /// <summary>The consumer group: who shares partitions, and under which name lag tools see the progress. Not empty; default <c>rx-alerting</c>.</summary>
    public string GroupId { get; init; } = "rx-alerting";

    /// <summary>What the values are: mux-json, mux-protobuf or access-log. Default <see cref="RecordFormat.MuxJson"/>.</summary>
    public RecordFormat Format { get; init; } = RecordFormat.MuxJson;

    /// <summary>How access logs are read; section <c>AccessLog</c>.</summary>
    public AccessLogOptions AccessLog { get; init; } = new();

    /// <summary>Whether any view may be in any partition (any), or the topic is keyed by property and shared among processes (by-property). Default <see cref="KafkaPartitioning.Any"/>.</summary>
    public KafkaPartitioning Partitioning { get; init; } = KafkaPartitioning.Any;

    /// <summary>Where to start without a checkpoint: earliest or latest. Default <see cref="KafkaStart.Earliest"/>.</summary>
    public KafkaStart StartAt { get; init; } = KafkaStart.Earliest;

    /// <summary>What to do when the records behind a checkpoint are gone: fail, or skip them, log and count. Default <see cref="KafkaOnGap.Fail"/>.</summary>
    public KafkaOnGap OnGap { get; init; } = KafkaOnGap.Fail;

    /// <summary>Any setting of librdkafka, as <c>key=value,key=value</c>; a comma in a value is written twice. Default none.</summary>
    public string Settings { get; init; } = string.Empty;

    /// <summary>Records in a batch. 1 to 65,536, and at most 8 MiB; default 512.</summary>
    /// <remarks>By default few enough that their bytes stay in a core's cache while they are decoded.</remarks>
    public int BatchViews { get; init; } = 512;

    /// <summary>Longer records are rejected, in bytes. 64 bytes to 64 MiB; default 1 MiB.</summary>
    public int MaximumRecordBytes { get; init; } = 1 << 20;

    /// <summary>What is fetched ahead of the pipeline, in KiB, divided among the partitions: at least 1024 for each. 1024 to 1,048,576; default 65,536.</summary>
    public int QueuedKilobytes { get; init; } = 65_536;

    /// <summary>How often new partitions are looked for, and whether the topic is still the same. 100 ms to 1 h; default 30 s.</summary>
    public TimeSpan DiscoveryInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a pipeline may take to end when its partition is revoked; below <c>max.poll.interval.ms</c>. 1 s to 4 m; default 30 s.</summary>
    public TimeSpan RevokeTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Every fault, empty if there are none.</summary>
    public IReadOnlyList<string> Validate()
    {
        var faults = new OptionFaults();
        faults.Require(!string.IsNullOrWhiteSpace(BootstrapServers), "Kafka:BootstrapServers", "is empty, must name at least one broker as host:port");
        faults.Require(!string.IsNullOrWhiteSpace(Topic), "Kafka:Topic", "is empty, must name a topic");
        faults.Require(!string.IsNullOrWhiteSpace(GroupId), "Kafka:GroupId", "is empty, must name a consumer group");
        faults.Require(Enum.IsDefined(Format), "Kafka:Format", "must be mux-json, mux-protobuf or access-log");
        faults.Require(Enum.IsDefined(Partitioning), "Kafka:Partitioning", "must be Any or ByProperty");
        faults.Require(Enum.IsDefined(StartAt), "Kafka:StartAt", "must be Earliest or Latest");
        faults.Require(Enum.IsDefined(OnGap), "Kafka:OnGap", "must be Fail or Skip");
        faults.Range("Kafka:BatchViews", BatchViews, 1, 65_536);
        faults.Range("Kafka:MaximumRecordBytes", MaximumRecordBytes, 64, 64 << 20);
        faults.Range("Kafka:QueuedKilobytes", QueuedKilobytes, 1024, 1 << 20);
        faults.Range("Kafka:DiscoveryInterval", DiscoveryInterval, TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1));
        faults.Range("Kafka:RevokeTimeout", RevokeTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(4));
        faults.Require(RevokeTimeout < KafkaSettings.MaximumPollInterval(Settings), "Kafka:RevokeTimeout", "must be below max.poll.interval.ms in Kafka:Settings, or the group takes the process for dead while it waits");
        KafkaSettings.Validate(Settings, faults);
        AccessLog.Validate(faults);
        return faults.All;
    }
}
