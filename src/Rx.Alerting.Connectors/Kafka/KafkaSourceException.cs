namespace Rx.Alerting.Connectors.Kafka;

/// <summary>Reading from Kafka cannot go on. The message says what to do.</summary>
public sealed class KafkaSourceException(KafkaProblem problem, string message, Exception? cause = null) : Exception(message, cause)
{
    public KafkaProblem Problem => problem;

    /// <summary>Whether a retry from the same positions may succeed later without a change in this process.</summary>
    public bool MayPass => problem is KafkaProblem.TopicMissing or KafkaProblem.Access or KafkaProblem.Failed;
}
