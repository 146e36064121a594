using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Tests.Kinesis;

/// <summary>What is kept of a batch.</summary>
/// <param name="Partition">Its partition.</param>
/// <param name="Position">Where to read on behind it.</param>
/// <param name="Status">What is known of the partition behind it.</param>
/// <param name="Ids">The titles of its views.</param>
/// <param name="Rejected">Records that are no views.</param>
internal sealed record Collected(string Partition, string? Position, PartitionStatus Status, IReadOnlyList<string> Ids, int Rejected);
