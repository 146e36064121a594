using System.Diagnostics.CodeAnalysis;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Panes;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.Explanations;

/// <summary>The circumstances of a property's latest views, and what is normal for each of their values.</summary>
/// <remarks>
/// Views are kept in buckets of a minute or more. The latest <see cref="MostSucceeded"/> sampled views that succeeded are kept, and the
/// failures beside them, as long as all fits into <see cref="MostBytes"/>. What leaves is learned by value and error type, unless an
/// incident was open.
/// </remarks>
internal sealed class PropertyFacets
{
    /// <summary>The most memory, roughly. All buckets but the latest leave for it.</summary>
    public const long MostBytes = 64 << 10;

    private const int MostSucceeded = 384;
    private const int MostFailed = 512;

    private const long EmptyBytes = 4096;

    private readonly byte[] row = new byte[FacetGroup.Width];
    private readonly Action<byte[]> dropped;
    private readonly Action<int, byte> replaced;

    /// <summary>Of all buckets but the latest: kept rows, and bytes of memory.</summary>
    private (int Succeeded, int Failed) closed;
    private long closedBytes;

    /// <param name="name">The property's name.</param>
    public PropertyFacets(byte[] name)
    {
        (Name, Hash) = (name, KeyHash.Of(name));
        (dropped, replaced) = (of => Values.Release(of), Replace);
    }

    public byte[] Name { get; }

    public ulong Hash { get; }

    /// <summary>The oldest first.</summary>
    public List<FacetBucket> Buckets { get; } = [];

    public PropertyValues Values { get; } = new();

    /// <summary>Buckets in which a value became <see cref="FacetValues.Other"/>, and that are to be saved again.</summary>
    public HashSet<FacetBucket> Rewritten { get; } = [];

    /// <summary>End of the latest pane with a view that is kept (ms since the Unix epoch).</summary>
    public long LastSeen => Buckets.Count > 0 ? Buckets[^1].End : long.MinValue;

    /// <summary>About how many bytes of memory.</summary>
    public long RoomBytes => EmptyBytes + closedBytes + (Buckets.Count > 0 ? Buckets[^1].RoomBytes : 0) + Values.RoomBytes;

    /// <summary>The bucket of a pane.</summary>
    /// <param name="start">Begin of the pane (ms since the Unix epoch).</param>
    /// <param name="end">Its end.</param>
    /// <param name="isHeld">Whether an incident of the property is open.</param>
    public FacetBucket BucketOf(long start, long end, bool isHeld)
    {
        if (Buckets.Count == 0 || Buckets[^1].IsFull(start))
            Append(new(start));
        var bucket = Buckets[^1];
        bucket.End = end;
        bucket.IsHeld |= isHeld;
        return bucket;
    }

    /// <summary>Adds views of one outcome.</summary>
    /// <param name="bucket">The latest.</param>
    /// <param name="pane">Has the views.</param>
    /// <param name="from">Which views.</param>
    /// <param name="order">In which order.</param>
    public void Add(FacetBucket bucket, Pane pane, in PaneSamples.Group from, SampleOrder order)
    {
        var failed = from.Error >= 0;
        var type = failed ? pane.Text(pane.Error(from.Error).Type) : default;
        var group = bucket.FindOrAdd(failed ? pane.Error(from.Error).TypeHash : 0, type);
        group.Raise(from.Level, dropped);
        foreach (var sample in order.Views(pane, from, group.Level))
        {
            if (!group.Keeps(sample.Hash) || (group.Count >= group.Most && group.Level == PaneSamples.HighestLevel))
                continue;
            Values.Number(pane.Text(sample.Values), failed, row, replaced);
            group.Add(sample.Hash, sample.Views, row);
            group.Limit(dropped);
        }

        bucket.Limit(dropped);
    }

    /// <summary>Learns from the oldest bucket, and drops it, if there is more than is kept.</summary>
    public bool TryDropOldest([NotNullWhen(true)] out FacetBucket? oldest)
    {
        oldest = null;
        if (Buckets.Count <= 1 || !(IsTooMuch() || RoomBytes > MostBytes))
            return false;
        oldest = Buckets[0];
        closed = (closed.Succeeded - oldest.Succeeded, closed.Failed - oldest.Failed);
        closedBytes -= oldest.RoomBytes;
        Buckets.RemoveAt(0);
        if (oldest.IsHeld)
            Release(oldest);
        else
            Values.LearnAndRelease(oldest);
        return true;
    }

    public void Save(StateWriter writer) => Values.Save(writer);

    public static PropertyFacets Load(byte[] name, StateReader reader)
    {
        var facets = new PropertyFacets(name);
        facets.Values.Load(reader);
        return facets;
    }

    /// <summary>Adds a bucket that was loaded.</summary>
    public void Add(FacetBucket bucket)
    {
        Append(bucket);
        foreach (var group in bucket.Groups)
        {
            for (var kept = 0; kept < group.Count; kept++)
                Values.Use(group.Row(kept));
        }
    }

    private bool IsTooMuch() => closed.Succeeded + Buckets[^1].Succeeded - Buckets[0].Succeeded >= MostSucceeded
        || closed.Failed + Buckets[^1].Failed > MostFailed;

    private void Append(FacetBucket bucket)
    {
        if (Buckets.Count > 0)
        {
            closed = (closed.Succeeded + Buckets[^1].Succeeded, closed.Failed + Buckets[^1].Failed);
            closedBytes += Buckets[^1].RoomBytes;
        }

        Buckets.Add(bucket);
    }

    private void Release(FacetBucket bucket)
    {
        foreach (var group in bucket.Groups)
        {
            for (var kept = 0; kept < group.Count; kept++)
                Values.Release(group.Row(kept));
        }
    }

    private void Replace(int dimension, byte number)
    {
        foreach (var bucket in Buckets)
        {
            foreach (var group in bucket.Groups)
            {
                if (!group.Replace(dimension, number, FacetValues.Other))
                    continue;
                bucket.IsRewritten = true;
                Rewritten.Add(bucket);
            }
        }
    }
}
