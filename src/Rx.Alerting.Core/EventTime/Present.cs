namespace Rx.Alerting.Core.EventTime;

/// <summary>
/// The present time of the stream: this machine's clock, or later if most partitions are ahead of this clock. No writer of views can know a
/// later time, unless the writer's clock is fast.
/// </summary>
/// <remarks>
/// <list type="bullet">
/// <item>The present matters only while a partition is idle, that is, read to its end. Nothing else in the pipeline looks at a
/// clock.</item>
/// <item>If most partitions are ahead of this machine's clock, the present is ahead, too, because logs often have local time without saying
/// so.</item>
/// <item>A partition without views counts as neither ahead nor behind.</item>
/// </list>
/// </remarks>
/// <param name="clock">This machine's clock. Null if the present is not known.</param>
internal sealed class Present(TimeProvider? clock)
{
    /// <summary>
    /// By partition: how many milliseconds its newest event time was ahead of the clock when its latest views came.
    /// </summary>
    private readonly Dictionary<string, long> leads = new(StringComparer.Ordinal);

    private long[] sorted = [];

    /// <summary>In milliseconds since the Unix epoch. Null if the present is not known.</summary>
    public long? Now => clock is null ? null : Clock + Math.Max(0, MedianLead());

    /// <summary>A partition without views has come.</summary>
    public void Add(string partition)
    {
        if (clock is not null)
            leads.TryAdd(partition, 0);
    }

    /// <summary>Views have just now moved the partition's time to <paramref name="newest"/>.</summary>
    public void Observe(string partition, long newest)
    {
        if (clock is not null)
            leads[partition] = newest - Clock;
    }

    public void Forget(string partition) => leads.Remove(partition);

    /// <summary>
    /// The partition that is furthest ahead of the present, and how many milliseconds it was ahead when its latest views came. Null if
    /// there are fewer than two partitions.
    /// </summary>
    public (string Partition, long By)? FurthestAhead()
    {
        if (leads.Count < 2)
            return null;
        var (partition, lead) = leads.MaxBy(entry => entry.Value);
        return (partition, lead - Math.Max(0, MedianLead()));
    }

    private long Clock => clock!.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>The median of the leads: of an even number of leads, the lower of the two in the middle.</summary>
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
