namespace Rx.Alerting.Core.EventTime;

/// <summary>How the late views of a partition came, since the pipeline was started or restored: for people, who want to know why.</summary>
/// <param name="Name">The partition.</param>
/// <param name="Views">How many of its views were late.</param>
/// <param name="Descending">How many of them were older than the late view before them: nearly all where the newest views come first.</param>
/// <param name="TimeStoodAt">The partition's newest event time when the last of them came.</param>
/// <param name="FurthestBehind">How far the oldest of them was behind the partition's newest event time.</param>
public sealed record LatePartition(string Name, long Views, long Descending, DateTimeOffset TimeStoodAt, TimeSpan FurthestBehind);
