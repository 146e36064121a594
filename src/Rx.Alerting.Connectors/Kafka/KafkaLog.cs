using Microsoft.Extensions.Logging;

namespace Rx.Alerting.Connectors.Kafka;

/// <summary>Events 4100 to 4199.</summary>
internal static partial class KafkaLog
{
    [LoggerMessage(4100, LogLevel.Information, "Reading {Partitions} partitions of topic {Topic}")]
    internal static partial void Started(ILogger logger, int partitions, string topic);

    [LoggerMessage(4101, LogLevel.Information, "Topic {Topic} has new partitions: {Partitions} now")]
    internal static partial void Discovered(ILogger logger, string topic, int partitions);

    [LoggerMessage(4102, LogLevel.Warning, "No broker of {Servers} answers; reading waits: {Reason}")]
    internal static partial void Waiting(ILogger logger, string servers, string reason);

    [LoggerMessage(4103, LogLevel.Information, "Brokers answer again")]
    internal static partial void Back(ILogger logger);

    [LoggerMessage(4104, LogLevel.Warning,
        "{Partition}: {Records} records from offset {Offset} on were removed by retention and are skipped")]
    internal static partial void Skipped(ILogger logger, string partition, long records, long offset);

    [LoggerMessage(4105, LogLevel.Warning,
        "{Partition}: the topic was created again; reading starts at its beginning, what was behind offset {Offset} is lost")]
    internal static partial void Recreated(ILogger logger, string partition, long offset);

    [LoggerMessage(4106, LogLevel.Warning, "Offsets of group {Group} were not committed, so lag tools show too much: {Reason}")]
    internal static partial void NotCommitted(ILogger logger, string group, string reason);

    [LoggerMessage(4107, LogLevel.Debug, "librdkafka: {Text}")]
    internal static partial void Native(ILogger logger, string text);

    [LoggerMessage(4108, LogLevel.Warning, "Kafka: {Reason}")]
    internal static partial void Problem(ILogger logger, string reason);

    [LoggerMessage(4109, LogLevel.Warning,
        "{Partition}: the topic was created again with fewer partitions; what was behind offset {Offset} is lost")]
    internal static partial void Gone(ILogger logger, string partition, long offset);

    [LoggerMessage(4110, LogLevel.Information, "{Partition} is assigned to this process")]
    internal static partial void Assigned(ILogger logger, string partition);

    [LoggerMessage(4111, LogLevel.Information, "{Partition} is given up")]
    internal static partial void GivenUp(ILogger logger, string partition);

    [LoggerMessage(4112, LogLevel.Error, "{Partition} is given up although its pipeline has not ended within {Timeout}")]
    internal static partial void TooLong(ILogger logger, string partition, TimeSpan timeout);

    [LoggerMessage(4113, LogLevel.Warning,
        "The pipeline of {Partition} failed while it was given up; what it had not committed is read again by the next owner")]
    internal static partial void FailedAtEnd(ILogger logger, string partition, Exception failure);

    [LoggerMessage(4114, LogLevel.Warning,
        "{Partition} is assigned to this process again, whose pipeline of before has not ended yet; it begins behind that")]
    internal static partial void AssignedAgain(ILogger logger, string partition);

    [LoggerMessage(4115, LogLevel.Warning, "{Delay}")]
    internal static partial void Delayed(ILogger logger, string delay);

    [LoggerMessage(4116, LogLevel.Information, "No partition holds event time back any more; the longest wait was {Seconds} s")]
    internal static partial void NotDelayed(ILogger logger, long seconds);

    [LoggerMessage(4117, LogLevel.Warning, "The client that read {Topic} could not be closed: {Problem}")]
    public static partial void NotClosed(ILogger logger, string topic, string problem);
}
