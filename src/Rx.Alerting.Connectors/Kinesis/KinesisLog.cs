using Microsoft.Extensions.Logging;

namespace Rx.Alerting.Connectors.Kinesis;

/// <summary>Log messages of the Kinesis source; their ids do not change.</summary>
internal static partial class KinesisLog
{
    [LoggerMessage(2200, LogLevel.Information, "Reading shard {Shard} of stream {Stream} from {Position}")]
    public static partial void ShardStarted(ILogger logger, string stream, string shard, string position);

    [LoggerMessage(2201, LogLevel.Information, "Shard {Shard} of stream {Stream} was closed and has been read to its end")]
    public static partial void ShardFinished(ILogger logger, string stream, string shard);

    [LoggerMessage(2202, LogLevel.Warning,
        "{Operation} on {Subject} was throttled {Attempts} times; next attempt in {Delay}. "
        + "Something else reads the stream, it has too few shards, or KMS is asked for its key too often")]
    public static partial void Throttled(ILogger logger, string operation, string subject, int attempts, TimeSpan delay);

    [LoggerMessage(2203, LogLevel.Warning, "{Operation} on {Subject} failed {Attempts} times: {Reason}. Next attempt in {Delay}")]
    public static partial void Failed(ILogger logger, string operation, string subject, int attempts, string reason, TimeSpan delay);

    [LoggerMessage(2204, LogLevel.Information, "The iterator of shard {Shard} had expired; reading on from {Position}")]
    public static partial void IteratorExpired(ILogger logger, string shard, string position);

    [LoggerMessage(2205, LogLevel.Warning,
        "Stream {Stream} no longer has what comes behind {Position} in shard {Shard}; views between it and the oldest record are lost")]
    public static partial void Gap(ILogger logger, string stream, string shard, string position);

    [LoggerMessage(2206, LogLevel.Warning,
        "Shard {Shard}: {Count} aggregated records were left out, because some of their hash keys belong to another shard. "
        + "Producers other than the Kinesis Producer Library must aggregate by shard")]
    public static partial void Misplaced(ILogger logger, string shard, int count);
}
