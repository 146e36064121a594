namespace Rx.Alerting.Service.Run;

/// <summary>The service's log messages; their ids do not change.</summary>
internal static partial class RunLog
{
    [LoggerMessage(1000, LogLevel.Critical, "The pipeline has failed; the service stops")]
    public static partial void PipelineFailed(ILogger logger, Exception failure);

    [LoggerMessage(1001, LogLevel.Information, "The source has ended after {Views} views; incidents can still be read")]
    public static partial void SourceEnded(ILogger logger, long views);

    [LoggerMessage(1002, LogLevel.Warning, "Incidents are no longer printed: {Reason}. They can still be read over HTTP")]
    public static partial void NobodyReads(ILogger logger, string reason);

    [LoggerMessage(1003, LogLevel.Warning, "A record of {Partition} was not counted, {Reason}: {Sample}")]
    public static partial void NotCounted(ILogger logger, string reason, string partition, string sample);
}
