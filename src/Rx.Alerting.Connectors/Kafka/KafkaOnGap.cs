namespace Rx.Alerting.Connectors.Kafka;

/// <summary>What to do when the records behind a position are not there any more.</summary>
public enum KafkaOnGap
{
    /// <summary>Reading fails: a person decides.</summary>
    Fail,

    /// <summary>Reading goes on with the oldest record that is kept; the gap is logged and counted.</summary>
    Skip,
}
