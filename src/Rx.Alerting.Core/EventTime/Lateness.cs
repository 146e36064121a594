namespace Rx.Alerting.Core.EventTime;

/// <summary>Counts how the late views of a partition come. Not part of the state.</summary>
internal sealed class Lateness(string partition)
{
    private long views;
    private long descending;
    private long previous = long.MaxValue;
    private long timeStoodAt;
    private long furthestBehind;

    /// <param name="eventTime">Of the late view.</param>
    /// <param name="newest">The newest event time of the partition, or of all where that is ahead.</param>
    public void Count(long eventTime, long newest)
    {
        views++;
        descending += eventTime < previous ? 1 : 0;
        (previous, timeStoodAt) = (eventTime, newest);
        furthestBehind = Math.Max(furthestBehind, newest - eventTime);
    }

    /// <summary>Null: no view was late.</summary>
    public LatePartition? Snapshot() => views == 0
        ? null
        : new(partition, views, descending, DateTimeOffset.FromUnixTimeMilliseconds(timeStoodAt), TimeSpan.FromMilliseconds(furthestBehind));
}
