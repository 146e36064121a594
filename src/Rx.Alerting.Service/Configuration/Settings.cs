using Rx.Alerting.Connectors.Files;
using Rx.Alerting.Connectors.Kafka;
using Rx.Alerting.Connectors.Kinesis;
using Rx.Alerting.Connectors.Redis;
using Rx.Alerting.Connectors.Sqlite;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Options;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Core.Views.AccessLog;
using Rx.Alerting.Service.Api;
using Rx.Alerting.Service.Sources;
using Rx.Alerting.Service.Stores;

namespace Rx.Alerting.Service.Configuration;

/// <summary>Everything that can be configured: the pipeline's sections, where views come from, and where state is kept.</summary>
internal sealed record Settings
{
    public PipelineOptions Pipeline { get; init; } = new();

    public AccessLogOptions AccessLog { get; init; } = new();

    public SourceOptions Source { get; init; } = new();

    public FollowOptions Follow { get; init; } = new();

    public KafkaOptions Kafka { get; init; } = new();

    public KinesisOptions Kinesis { get; init; } = new();

    public CheckpointOptions Checkpoints { get; init; } = new();

    public StoreOptions Store { get; init; } = new();

    public SqliteOptions Sqlite { get; init; } = new();

    public RedisOptions Redis { get; init; } = new();

    public HttpOptions Http { get; init; } = new();

    /// <summary>Every fault, of every section, used or not: a typing error is one today, too.</summary>
    public IReadOnlyList<string> Validate()
    {
        var faults = new OptionFaults();
        AccessLog.Validate(faults);
        Source.Validate(faults);
        Http.Validate(faults);
        if (Source.Kind == SourceKind.Follow || Follow.Paths.Count > 0)
            Follow.Validate(faults);
        return
        [
            .. Pipeline.Validate(), .. faults.All, .. Kafka.Validate(), .. Kinesis.Validate(),
            .. Checkpoints.Validate(), .. Sqlite.Validate(), .. Redis.Validate(),
        ];
    }
}
