namespace Rx.Alerting.Connectors.Kafka;

/// <summary>Reading from Kafka cannot go on; the message says what to do.</summary>
public sealed class KafkaSourceException(KafkaProblem problem, string message, Exception? cause = null) : Exception(message, cause)
{
    public KafkaProblem Problem => problem;

    /// <summary>Whether reading from the same positions may succeed later without anyone's doing here.</summary>
    public bool MayPass => problem is KafkaProblem.TopicMissing or KafkaProblem.Access or KafkaProblem.Failed;
}
