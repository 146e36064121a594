namespace Rx.Alerting.Connectors.Kafka;

/// <summary>Why reading a topic cannot go on.</summary>
public enum KafkaProblem
{
    /// <summary>The options have faults.</summary>
    Configuration,

    /// <summary>The native library librdkafka cannot be used.</summary>
    NativeLibrary,

    /// <summary>The topic does not exist, or was deleted. A retry may succeed, because somebody may create the topic.</summary>
    TopicMissing,

    /// <summary>The brokers refuse the credentials, or do not allow the user to read.</summary>
    Access,

    /// <summary>Records behind the position were removed by retention.</summary>
    Gap,

    /// <summary>The topic was deleted and created again, so positions in the old topic mean nothing.</summary>
    TopicRecreated,

    /// <summary>A position that is not of this source.</summary>
    Position,

    /// <summary>Anything else that librdkafka cannot recover from.</summary>
    Failed,
}
