using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Panes;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.Explanations;

/// <summary>The circumstances of a property's latest views, and what is normal for each of their values.</summary>
/// <remarks>
/// Views are kept in buckets of a minute or more. The latest <see cref="MostSucceeded"/> sampled views that succeeded are kept, and the
/// failures beside them. What leaves is learned by value, unless an incident was open.
/// </remarks>
/// <param name="name">The property's name.</param>
internal sealed class PropertyFacets(byte[] name)
{
    private const int MostSucceeded = 384;
    private const int MostFailed = 512;

    /// <summary>The most values of all dimensions together.</summary>
    private const int MostValues = 320;

    private const long EmptyBytes = 4096, ValueBytes = 64;

    /// <summary>When so many views are learned, what was learned counts half: newer ones matter more.</summary>
    private const double LearnedViews = 100_000;

    private readonly byte[] row = new byte[FacetGroup.Width];
    private bool hasLearned;

    /// <summary>Of all buckets but the latest: kept views, and bytes of memory.</summary>
    private (int Succeeded, int Failed) closed;
    private long closedBytes;

    public static string Layout { get; } =
        $"learnedViews f64, learnedErrors f64, dimensions [{FacetValues.Layout}]";

    public byte[] Name { get; } = name;

    public ulong Hash { get; } = KeyHash.Of(name);

    /// <summary>The oldest first.</summary>
    public List<FacetBucket> Buckets { get; } = [];

    public FacetValues[] Values { get; } = [.. Enumerable.Range(0, SampledValues.Dimensions).Select(_ => new FacetValues())];

    /// <summary>Buckets in which a value became <see cref="FacetValues.Other"/>, and that are to be saved again.</summary>
    public HashSet<FacetBucket> Rewritten { get; } = [];

    public (double Views, double Errors) Learned { get; private set; }

    /// <summary>End of the latest pane with a view that is kept (ms since the Unix epoch).</summary>
    public long LastSeen => Buckets.Count > 0 ? Buckets[^1].End : long.MinValue;

    /// <summary>About how many bytes of memory.</summary>
    public long RoomBytes
    {
        get
        {
            var bytes = EmptyBytes + closedBytes + (Buckets.Count > 0 ? Buckets[^1].RoomBytes : 0);
            foreach (var of in Values)
                bytes += of.TextBytes + (of.Count * ValueBytes);
            return bytes;
        }
    }

    /// <summary>Whether what is beside the buckets has changed since the last call.</summary>
    public bool TakeChanged()
    {
        var changed = hasLearned;
        hasLearned = false;
        foreach (var of in Values)
        {
            changed |= of.HasChanged;
            of.HasChanged = false;
        }

        return changed;
    }

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
        var before = group.Count;
        group.Raise(from.Level, Forget);
        foreach (var sample in order.Views(pane, from))
        {
            if (!group.Keeps(sample.Hash) || (group.Count >= from.Most && group.Level == PaneSamples.HighestLevel))
                continue;
            Number(pane.Text(sample.Values), failed);
            group.Add(sample.Hash, row);
            Use(row, 1);
            while (group.Count > from.Most && group.Level < PaneSamples.HighestLevel)
                group.Raise(group.Level + 1, Forget);
        }

        bucket.Count(group, group.Count - before);
    }

    /// <summary>Learns from the oldest buckets, and drops them, while there are more views than are kept.</summary>
    /// <param name="dropped">Gets each bucket.</param>
    public void DropOld(Action<FacetBucket> dropped)
    {
        while (Buckets.Count > 1 && IsTooMuch())
        {
            var oldest = Buckets[0];
            closed = (closed.Succeeded - oldest.Succeeded, closed.Failed - oldest.Failed);
            closedBytes -= oldest.RoomBytes;
            Buckets.RemoveAt(0);
            Rewritten.Remove(oldest);
            Leave(oldest);
            dropped(oldest);
        }
    }

    public void Save(StateWriter writer)
    {
        writer.Double(Learned.Views);
        writer.Double(Learned.Errors);
        writer.Int32(Values.Length);
        foreach (var of in Values)
            of.Save(writer);
    }

    public static PropertyFacets Load(byte[] name, StateReader reader)
    {
        var facets = new PropertyFacets(name) { Learned = (reader.Double(), reader.Double()) };
        for (var (i, count) = (0, reader.Count()); i < count; i++)
            (i < facets.Values.Length ? facets.Values[i] : new FacetValues()).Load(reader);
        return facets;
    }

    /// <summary>Adds a bucket that was loaded.</summary>
    public void Add(FacetBucket bucket)
    {
        Append(bucket);
        foreach (var group in bucket.Groups)
        {
            for (var view = 0; view < group.Count; view++)
                Use(group.Row(view), 1);
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

    private void Forget(byte[] dropped) => Use(dropped, -1);

    private void Use(ReadOnlySpan<byte> of, int views)
    {
        for (var dimension = 0; dimension < of.Length; dimension++)
            Values[dimension].Use(of[dimension], views);
    }

    private void Number(ReadOnlySpan<byte> sampled, bool failed)
    {
        Array.Clear(row);
        var known = 0;
        foreach (var of in Values)
            known += of.Count;
        while (!sampled.IsEmpty)
        {
            var dimension = SampledValues.Read(ref sampled, out var value);
            row[dimension] = Values[dimension].NumberOf(value, failed, known < MostValues, out var replaced);
            if (replaced != 0)
                Replace(dimension, replaced);
        }
    }

    private void Replace(int dimension, byte number)
    {
        foreach (var bucket in Buckets)
        {
            foreach (var group in bucket.Groups)
            {
                if (group.Replace(dimension, number, FacetValues.Other))
                    Rewritten.Add(bucket);
            }
        }
    }

    private void Leave(FacetBucket bucket)
    {
        foreach (var group in bucket.Groups)
        {
            for (var view = 0; view < group.Count; view++)
            {
                var of = group.Row(view);
                Use(of, -1);
                if (bucket.IsHeld)
                    continue;
                var (views, errors) = (group.Weight, group.Failed ? group.Weight : 0);
                for (var dimension = 0; dimension < of.Length; dimension++)
                    Values[dimension].Learn(of[dimension], views, errors);
                Learned = (Learned.Views + views, Learned.Errors + errors);
                hasLearned = true;
            }
        }

        if (Learned.Views < LearnedViews)
            return;
        Learned = (Learned.Views / 2, Learned.Errors / 2);
        foreach (var of in Values)
            of.Decay();
    }
}
