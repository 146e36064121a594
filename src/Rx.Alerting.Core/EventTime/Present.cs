namespace Rx.Alerting.Core.EventTime;

/// <summary>
/// What time it is in the stream: by this machine's clock, or ahead of it by as much as most partitions are. Whoever writes a view
/// cannot know a later time, unless the writer's clock is fast.
/// </summary>
/// <remarks>
/// The present matters only where a partition is idle, that is, read to its end: nothing else of the pipeline looks at a clock. Where
/// most partitions are ahead of this machine, this machine is taken to be behind: logs often have local time that is not said to be so.
/// A partition without views is taken to be neither.
/// </remarks>
/// <param name="clock">Null: the present is not known.</param>
internal sealed class Present(TimeProvider? clock)
{
    /// <summary>By how many milliseconds the newest event time of each partition was ahead of the clock when its latest views were taken.</summary>
    private readonly Dictionary<string, long> leads = new(StringComparer.Ordinal);

    private long[] sorted = [];

    /// <summary>In milliseconds since the Unix epoch; null where it is not known.</summary>
    public long? Now => clock is null ? null : Clock + Math.Max(0, MedianLead());

    /// <summary>There is such a partition; it has no views yet.</summary>
    public void Add(string partition)
    {
        if (clock is not null)
            leads.TryAdd(partition, 0);
    }

    /// <summary>Views of the partition have moved its time to <paramref name="newest"/> just now.</summary>
    public void Observe(string partition, long newest)
    {
        if (clock is not null)
            leads[partition] = newest - Clock;
    }

    public void Forget(string partition) => leads.Remove(partition);

    /// <summary>The partition that is furthest ahead of the present, and by how many milliseconds it was when its latest views were taken; null: there is none.</summary>
    public (string Partition, long By)? FurthestAhead()
    {
        if (leads.Count < 2)
            return null;
        var (partition, lead) = leads.MaxBy(one => one.Value);
        return (partition, lead - Math.Max(0, MedianLead()));
    }

    private long Clock => clock!.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>The lower one of the two in the middle where their number is even.</summary>
    private long MedianLead()
    {
        if (leads.Count == 0)
            return 0;
        if (sorted.Length < leads.Count)
            sorted = new long[leads.Count];
        leads.Values.CopyTo(sorted, 0);
        sorted.AsSpan(0, leads.Count).Sort();
        return sorted[(leads.Count - 1) / 2];
    }
}
