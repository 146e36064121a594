namespace Rx.Alerting.Connectors.Kafka;

/// <summary>What the value of a Kafka record is.</summary>
public enum KafkaFormat
{
    /// <summary>One JSON object of Mux Data's streaming export.</summary>
    MuxJson,

    /// <summary>One message of the same in Protocol Buffers, without a length before it.</summary>
    MuxProtobuf,

    /// <summary>One line of an access log.</summary>
    AccessLog,
}
