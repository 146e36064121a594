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

    /// <summary>When so many views are learned, what was learned counts half: newer ones matter more.</summary>
    private const double LearnedViews = 100_000;

    private readonly byte[] row = new byte[FacetGroup.Width];
    private bool hasLearned;

    public static string Layout { get; } =
        $"learnedViews f64, learnedErrors f64, dimensions [{FacetValues.Layout}]";

    public byte[] Name { get; } = name;

    public ulong Hash { get; } = KeyHash.Of(name);

    /// <summary>The oldest first.</summary>
    public List<FacetBucket> Buckets { get; } = [];

    public FacetValues[] Values { get; } = [.. Enumerable.Range(0, SampledValues.Dimensions).Select(_ => new FacetValues())];

    public (double Views, double Errors) Learned { get; private set; }

    /// <summary>End of the latest pane with a view that is kept (ms since the Unix epoch).</summary>
    public long LastSeen => Buckets.Count > 0 ? Buckets[^1].End : long.MinValue;

    /// <summary>About how many bytes of memory.</summary>
    public long RoomBytes => Buckets.Sum(bucket => bucket.RoomBytes) + Values.Sum(of => of.RoomBytes) + 512;

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
            Buckets.Add(new(start));
        var bucket = Buckets[^1];
        bucket.End = end;
        bucket.IsHeld |= isHeld;
        return bucket;
    }

    /// <summary>Adds views of one outcome, in their fixed order.</summary>
    public void Add(FacetBucket bucket, Pane pane, in PaneSamples.Group from)
    {
        var failed = from.Error >= 0;
        var type = failed ? pane.Text(pane.Error(from.Error).Type) : default;
        var group = bucket.FindOrAdd(failed ? pane.Error(from.Error).TypeHash : 0, type);
        group.Raise(from.Level, Forget);
        foreach (var sample in SampleOrder.Views(pane, from))
        {
            if (!group.Keeps(sample.Hash))
                continue;
            Number(pane.Text(sample.Values), failed);
            group.Add(sample.Hash, row);
            Use(row, 1);
            while (group.Count > from.Most)
                group.Raise(group.Level + 1, Forget);
        }
    }

    /// <summary>Learns from the oldest buckets, and drops them, while there are more views than are kept.</summary>
    /// <param name="dropped">Gets each bucket.</param>
    public void DropOld(Action<FacetBucket> dropped)
    {
        var succeeded = Buckets.Sum(bucket => bucket.Succeeded);
        var failed = Buckets.Sum(bucket => bucket.Failed);
        while (Buckets.Count > 1 && (succeeded - Buckets[0].Succeeded >= MostSucceeded || failed > MostFailed))
        {
            var oldest = Buckets[0];
            succeeded -= oldest.Succeeded;
            failed -= oldest.Failed;
            Buckets.RemoveAt(0);
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
        Buckets.Add(bucket);
        foreach (var group in bucket.Groups)
        {
            for (var view = 0; view < group.Count; view++)
                Use(group.Row(view), 1);
        }
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
        var mayGrow = Values.Sum(of => of.Count) < MostValues;
        while (!sampled.IsEmpty)
        {
            var dimension = SampledValues.Read(ref sampled, out var value);
            row[dimension] = Values[dimension].NumberOf(value, failed, mayGrow, out var replaced);
            if (replaced != 0)
                Replace(dimension, replaced);
        }
    }

    private void Replace(int dimension, byte number)
    {
        foreach (var group in Buckets.SelectMany(bucket => bucket.Groups))
        {
            for (var view = 0; view < group.Count; view++)
            {
                ref var value = ref group.Row(view)[dimension];
                if (value == number)
                    value = FacetValues.Other;
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
