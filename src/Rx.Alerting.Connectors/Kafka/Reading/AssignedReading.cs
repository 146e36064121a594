using Confluent.Kafka;
using Rx.Alerting.Connectors.Positions;

namespace Rx.Alerting.Connectors.Kafka.Reading;

/// <summary>What a member of a group reads: one partition that was assigned to it.</summary>
/// <param name="Partition">Its number.</param>
/// <param name="Since">When the member came to the group: <see cref="StartAt.Latest"/> means the first record behind that time.</param>
/// <param name="Commit">Commits offsets by the member's own consumer.</param>
/// <param name="Delays">Of all partitions of the member.</param>
/// <param name="Client">Reads all partitions of the member.</param>
internal sealed record AssignedReading(int Partition, DateTimeOffset Since, Action<IReadOnlyCollection<TopicPartitionOffset>> Commit, Delays Delays, SharedClient Client);
