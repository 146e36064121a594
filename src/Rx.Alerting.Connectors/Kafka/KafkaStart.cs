namespace Rx.Alerting.Connectors.Kafka;

/// <summary>Where reading begins when no position of the topic is known.</summary>
public enum KafkaStart
{
    /// <summary>With the oldest record that is kept.</summary>
    Earliest,

    /// <summary>
    /// With the next record that comes. A partition that appears beside known ones is read from its oldest record all the same, as
    /// all that is in it came later; where a group shares the topic, from the first record since this process came to the group.
    /// </summary>
    Latest,
}
