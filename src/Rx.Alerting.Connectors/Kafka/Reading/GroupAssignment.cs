using Confluent.Kafka;
using Rx.Alerting.Connectors.Positions;

namespace Rx.Alerting.Connectors.Kafka.Reading;

/// <summary>One partition that a consumer group has assigned to this member, and the things that the member's partitions share.</summary>
/// <param name="Partition">The number of the partition.</param>
/// <param name="Since">When the member joined the group. <see cref="StartAt.Latest"/> means the first record after that time.</param>
/// <param name="Commit">Commits offsets by the member's own consumer.</param>
/// <param name="Delays">The delays of all partitions of the member.</param>
/// <param name="Counters">The counts of all partitions of the member.</param>
/// <param name="Client">The client that reads all partitions of the member.</param>
internal sealed record GroupAssignment(
    int Partition,
    DateTimeOffset Since,
    Action<IReadOnlyCollection<TopicPartitionOffset>> Commit,
    Delays Delays,
    KafkaCounters Counters,
    SharedClient Client);
