namespace Rx.Alerting.Connectors.Kafka;

/// <summary>What the topic's partitions mean.</summary>
public enum KafkaPartitioning
{
    /// <summary>Any record may be in any partition: one pipeline reads them all.</summary>
    Any,

    /// <summary>
    /// All records of a property are in one partition: one pipeline for each, shared among the processes of a consumer group.
    /// </summary>
    ByProperty,
}
