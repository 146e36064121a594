namespace Rx.Alerting.Core.EventTime;

/// <summary>Counts how the late views of one partition come. Not saved.</summary>
internal sealed class Lateness(string partition)
{
    private long views;
    private long descending;
    private long previous = long.MaxValue;
    private long timeStoodAt;
    private long furthestBehind;

    /// <param name="eventTime">The late view's event time.</param>
    /// <param name="newest">The newest event time of the partition, or the merged watermark if that is ahead.</param>
    public void Count(long eventTime, long newest)
    {
        views++;
        descending += eventTime < previous ? 1 : 0;
        (previous, timeStoodAt) = (eventTime, newest);
        furthestBehind = Math.Max(furthestBehind, newest - eventTime);
    }

    /// <summary>Null if no view was late.</summary>
    public LatePartition? Snapshot()
    {
        var (stoodAt, behind) = (DateTimeOffset.FromUnixTimeMilliseconds(timeStoodAt), TimeSpan.FromMilliseconds(furthestBehind));
        return views == 0 ? null : new(partition, views, descending, stoodAt, behind);
    }
}
