namespace Rx.Alerting.Core.EventTime;

/// <summary>Event time in one partition.</summary>
/// <param name="Partition">The partition's name.</param>
/// <param name="Watermark">How far its event time is complete. Null: before its first view.</param>
/// <param name="IsIdle">Whether it has been read to its end.</param>
public readonly record struct PartitionEventTime(string Partition, DateTimeOffset? Watermark, bool IsIdle);
