using Confluent.Kafka;

namespace Rx.Alerting.Connectors.Kafka.Reading;

/// <summary>Which errors of librdkafka end the reading, and what people are told then. All other errors pass by themselves.</summary>
internal static class Failures
{
    internal static void Throw(Error error, string topic)
    {
        if (Of(error, topic) is { } failure)
            throw failure;
    }

    internal static KafkaSourceException? Of(Error error, string topic) => error.Code switch
    {
        ErrorCode.UnknownTopicOrPart or ErrorCode.Local_UnknownTopic or ErrorCode.Local_UnknownPartition or ErrorCode.UnknownTopicId =>
            new(KafkaProblem.TopicMissing, $"The topic {topic} does not exist, or was deleted; create it, or correct Kafka:Topic."),
        ErrorCode.TopicException =>
            new(KafkaProblem.Configuration, $"Kafka:Topic is \"{topic}\", which is no name of a topic."),
        ErrorCode.Local_Authentication or ErrorCode.SaslAuthenticationFailed => new(
            KafkaProblem.Access,
            $"The brokers refuse the credentials in Kafka:Settings (sasl.username, sasl.password): {error.Reason}"),
        ErrorCode.Local_Ssl => new(
            KafkaProblem.Access,
            "No connection to the brokers by TLS; "
            + $"see security.protocol and ssl.ca.location in Kafka:Settings, and the brokers' certificates: {error.Reason}"),
        ErrorCode.TopicAuthorizationFailed or ErrorCode.GroupAuthorizationFailed or ErrorCode.ClusterAuthorizationFailed => new(
            KafkaProblem.Access,
            $"The brokers do not allow to read the topic {topic}; "
            + $"grant READ and DESCRIBE on it, and READ on the group: {error.Reason}"),
        _ when error.IsFatal => new(KafkaProblem.Failed, $"librdkafka cannot go on: {error.Reason}"),
        _ => null,
    };
}
