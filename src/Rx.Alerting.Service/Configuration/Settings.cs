using Rx.Alerting.Connectors.Files;
using Rx.Alerting.Connectors.Kafka;
using Rx.Alerting.Connectors.Kinesis;
using Rx.Alerting.Connectors.Otlp;
using Rx.Alerting.Connectors.RabbitMq;
using Rx.Alerting.Connectors.Redis;
using Rx.Alerting.Connectors.Sqlite;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Notifications;
using Rx.Alerting.Core.Options;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Core.Views.AccessLog;
using Rx.Alerting.Service.Access.Login;
using Rx.Alerting.Service.Access;
using Rx.Alerting.Service.Api;
using Rx.Alerting.Service.Channels;
using Rx.Alerting.Service.Dumps;
using Rx.Alerting.Service.Metrics;
using Rx.Alerting.Service.Run;
using Rx.Alerting.Service.Sources;
using Rx.Alerting.Service.Stores;
using Rx.Alerting.Service.Tries;

namespace Rx.Alerting.Service.Configuration;

/// <summary>
/// Everything that can be configured: the pipeline's sections, where views and commands come from, and where state is kept.
/// </summary>
[OptionSection]
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

    public RabbitMqOptions RabbitMq { get; init; } = new();

    public DumpOptions Dumps { get; init; } = new();

    public TryOptions Try { get; init; } = new();

    public HttpOptions Http { get; init; } = new();

    public AccessOptions Access { get; init; } = new();

    public ProxyOptions AccessProxy { get; init; } = new();

    public OidcOptions AccessOidc { get; init; } = new();

    public NamedSections<TokenOptions> AccessTokens { get; init; } = new();

    public MetricsOptions Metrics { get; init; } = new();

    public OtlpOptions Otlp { get; init; } = new();

    public HealthOptions Health { get; init; } = new();

    public NotificationOptions Notifications { get; init; } = new();

    public NamedSections<ChannelSettings> Channels { get; init; } = new();

    public NamedSections<NotificationRouteOptions> Routes { get; init; } = new();

    /// <summary>Keys and values of sections that the host reads by itself, such as <c>Logging</c> and <c>Kestrel</c>.</summary>
    public IReadOnlyList<KeyValuePair<string, string?>> Host { get; init; } = [];

    /// <summary>
    /// Every fault, of every section, used or not: a typing error is one today, too. Only a source that follows nothing needs no paths.
    /// </summary>
    public IReadOnlyList<string> Faults() =>
    [
        .. OptionFaults.Of(
            Source.Kind == SourceKind.Follow || Follow.Paths.Count > 0 ? this : this with { Follow = Follow with { Paths = ["unused"] } }),
        .. Channels.All.SelectMany(channel => ChannelFaults.Of(channel.Key, channel.Value)),
        .. Routes.All.SelectMany(route => ChannelFaults.Of(route.Key, route.Value, [.. Channels.All.Keys])),
        .. AccessTokens.All.SelectMany(token => OptionFaults.Of(token.Value)
            .Select(fault => fault.Replace("Tokens:NAME:", $"Tokens:{token.Key}:", StringComparison.Ordinal))),
    ];
}
