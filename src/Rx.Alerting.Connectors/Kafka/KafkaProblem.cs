namespace Rx.Alerting.Connectors.Kafka;

/// <summary>Why reading a topic cannot go on.</summary>
public enum KafkaProblem
{
    /// <summary>The options have faults.</summary>
    Configuration,

    /// <summary>The native library librdkafka is not there.</summary>
    NativeLibrary,

    /// <summary>The topic does not exist, or was deleted. It may come: worth a retry.</summary>
    TopicMissing,

    /// <summary>The brokers refuse the credentials, or what they allow.</summary>
    Access,

    /// <summary>Records behind the position were removed by retention.</summary>
    Gap,

    /// <summary>The topic was deleted and created again, so that positions mean nothing in it.</summary>
    TopicRecreated,

    /// <summary>A position that is none of this source.</summary>
    Position,

    /// <summary>Anything else that librdkafka cannot recover from.</summary>
    Failed,
}
