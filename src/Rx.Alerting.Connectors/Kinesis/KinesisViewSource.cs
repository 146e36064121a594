using System.Globalization;
using Amazon;
using Amazon.Kinesis;
using Microsoft.Extensions.Logging;
using Rx.Alerting.Connectors.Kinesis.Reading;
using Rx.Alerting.Connectors.Kinesis.Shards;
using Rx.Alerting.Connectors.Positions;
using Rx.Alerting.Core.Options;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Kinesis;

/// <summary>
/// Views from a stream of Amazon Kinesis. Each shard is a partition, named by the shard's id. Positions: <see cref="ShardPosition"/>.
/// </summary>
/// <remarks>
/// <list type="bullet">
/// <item>Shards are read side by side, parents before their children, no faster than the service allows.</item>
/// <item>Batches are pushed one at a time.</item>
/// <item>A reading never completes, because a stream has no end.</item>
/// <item>A reading fails with a <see cref="KinesisSourceException"/> when the stream is deleted.</item>
/// <item>Failures of the network and of the service are logged and retried for as long as they last.</item>
/// </list>
/// </remarks>
public sealed class KinesisViewSource : IViewSource, IDisposable
{
    private readonly StreamAccess stream;

    internal KinesisViewSource(KinesisOptions options, IAmazonKinesis client, TimeProvider time, ILogger logger) =>
        stream = new(options, client, time, logger, new());

    /// <summary>Counts since the source was made. Thread-safe.</summary>
    public KinesisStatistics Statistics => stream.Counters.Now;

    /// <inheritdoc/>
    public IReadOnlyList<PartitionProgress> Progress => [.. stream.Progress.Values];

    /// <inheritdoc/>
    public IReadOnlyList<SourceCount> Counts => stream.Counters.All;

    /// <inheritdoc/>
    public string? Trouble => stream.Trouble;

    /// <inheritdoc/>
    public string Beginning => stream.Options.StartAt switch
    {
        StartAt.Earliest => "all records that the stream still has are read again",
        StartAt.AtTimestamp => string.Create(
            CultureInfo.InvariantCulture, $"records that arrived from {stream.Options.Timestamp:u} on are read again"),
        _ => "reading goes on with the newest record: what came before is not read again",
    };

    /// <summary>Checks the options. Kinesis is not asked before reading starts.</summary>
    /// <exception cref="KinesisSourceException">Options have faults, and the message names all of them; or there is no region.</exception>
    public static KinesisViewSource Open(KinesisOptions options, TimeProvider time, ILogger<KinesisViewSource> logger)
    {
        if (OptionFaults.Of(options) is { Count: > 0 } faults)
            throw new KinesisSourceException(string.Join(Environment.NewLine, faults));
        var configuration = Configuration(options);
        if (options.ServiceUrl.Length == 0 && configuration.RegionEndpoint is null)
        {
            throw new KinesisSourceException(
                "Kinesis:Region is empty, and neither AWS_REGION nor a profile of AWS names a region, give one of them");
        }

        return new(options, new AmazonKinesisClient(configuration), time, logger);
    }

    /// <exception cref="KinesisSourceException">A position is not one of this source's.</exception>
    /// <inheritdoc/>
    public IObservable<ViewBatch> Read(IReadOnlyDictionary<string, string> positions, IPartitionGate gate)
    {
        var parsed = new Dictionary<string, ShardPosition>(StringComparer.Ordinal);
        foreach (var (shard, text) in positions)
        {
            if (!ShardPosition.TryParse(text, out var position))
            {
                throw new KinesisSourceException(
                    $"The checkpoint's position “{text}” of shard {shard} is none of a Kinesis stream; reset the checkpoint");
            }

            parsed.Add(shard, position);
        }

        return new KinesisReading(stream, parsed, gate);
    }

    public void Dispose() => stream.Client.Dispose();

    private static AmazonKinesisConfig Configuration(KinesisOptions options)
    {
        // The source retries by itself, because its retries keep the limits on a shard and wait on the source's clock.
        var configuration = new AmazonKinesisConfig { MaxErrorRetry = 0 };
        if (options.Region is { Length: > 0 } region)
            configuration.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        if (options.ServiceUrl is { Length: > 0 } url)
        {
            configuration.ServiceURL = url;
            configuration.AuthenticationRegion = options.Region is { Length: > 0 } signed ? signed : "us-east-1";
        }

        return configuration;
    }
}
