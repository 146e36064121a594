using System.Runtime.InteropServices;
using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Core.EventTime;

/// <summary>
/// The event times of a partition's latest views, in the order of the partition. They are kept only while they are needed to judge a leap.
/// </summary>
/// <param name="capacity">How many event times are kept.</param>
internal sealed class Witnesses(int capacity)
{
    private readonly List<long> times = [];
    private long[] sorted = [];

    public int Count => times.Count;

    public bool IsFull => times.Count == capacity;

    /// <summary>The newest kept event time; <see cref="long.MinValue"/> if none is kept.</summary>
    public long Newest { get; private set; } = long.MinValue;

    /// <summary>Adds the event time of the next view.</summary>
    /// <returns>How many event times were dropped at the front to make room: 0 or 1.</returns>
    public int Add(long eventTime)
    {
        var dropped = IsFull ? 1 : 0;
        var leaving = IsFull ? times[0] : long.MinValue;
        times.RemoveRange(0, dropped);
        times.Add(eventTime);
        Newest = leaving == Newest && leaving > eventTime ? NewestUpTo(long.MaxValue) : Math.Max(Newest, eventTime);
        return dropped;
    }

    /// <summary>
    /// The median of at most <paramref name="count"/> event times from index <paramref name="start"/> on. Of an even number, the lower of
    /// the two in the middle. There must be at least one event time.
    /// </summary>
    public long Median(int start, int count)
    {
        var judged = CollectionsMarshal.AsSpan(times)[start..];
        judged = judged[..Math.Min(count, judged.Length)];
        if (sorted.Length < judged.Length)
            sorted = new long[judged.Length];
        judged.CopyTo(sorted);
        sorted.AsSpan(0, judged.Length).Sort();
        return sorted[(judged.Length - 1) / 2];
    }

    public int CountAfter(long time)
    {
        var count = 0;
        foreach (var other in CollectionsMarshal.AsSpan(times))
            count += other > time ? 1 : 0;
        return count;
    }

    /// <summary>The newest event time that is not after <paramref name="limit"/>; <see cref="long.MinValue"/> if there is none.</summary>
    public long NewestUpTo(long limit)
    {
        var newest = long.MinValue;
        foreach (var time in CollectionsMarshal.AsSpan(times))
        {
            if (time <= limit && time > newest)
                newest = time;
        }

        return newest;
    }

    public void Clear()
    {
        times.Clear();
        Newest = long.MinValue;
    }

    public const string Layout = "witnesses [eventTime i64]";

    public void Save(StateWriter writer)
    {
        writer.Int32(times.Count);
        foreach (var eventTime in times)
            writer.Int64(eventTime);
    }

    public void Load(StateReader reader)
    {
        Clear();
        for (var count = reader.Count(); count > 0; count--)
            Add(reader.Int64());
    }
}
