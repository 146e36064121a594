namespace Rx.Alerting.Core.EventTime;

/// <summary>How the late views of a partition came, since the start or restore. Helps people to find out why views are late.</summary>
/// <param name="Name">The partition's name.</param>
/// <param name="Views">Number of late views.</param>
/// <param name="Descending">
/// Number of late views that were older than the late view before. If the stream has the newest views first, nearly all are.
/// </param>
/// <param name="TimeStoodAt">The partition's newest event time when the last late view came.</param>
/// <param name="FurthestBehind">How far the oldest late view was behind the partition's newest event time.</param>
public sealed record LatePartition(string Name, long Views, long Descending, DateTimeOffset TimeStoodAt, TimeSpan FurthestBehind);
