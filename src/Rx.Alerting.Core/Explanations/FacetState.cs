using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Panes;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.Explanations;

/// <summary>The circumstances of the latest views of all properties.</summary>
internal sealed class FacetState : IOperatorState
{
    /// <summary>When there is too much, so much more goes, so that not every pane looks through all properties.</summary>
    private const double Spared = 0.1;

    private readonly long maximumBytes;
    private readonly Func<ulong, bool> isHeld;
    private readonly Dictionary<ulong, PropertyFacets> properties = [];

    private readonly SampleOrder order = new();
    private readonly List<(PropertyFacets Of, FacetBucket Bucket, int Entry)> loaded = [];
    private readonly FacetEntries entries;

    /// <param name="maximumBytes">
    /// When all together take more memory, the properties that were not seen for longest are forgotten. Those with an open incident go
    /// last.
    /// </param>
    /// <param name="isHeld">Whether a property, by its hash, has an open incident.</param>
    /// <param name="tracksChanges">Whether changes are remembered, so that a save can write changes only.</param>
    /// <param name="clock">Measures what rankings take; null: the system's.</param>
    public FacetState(long maximumBytes, Func<ulong, bool> isHeld, bool tracksChanges = false, TimeProvider? clock = null)
    {
        (this.maximumBytes, this.isHeld) = (maximumBytes, isHeld);
        Rankings = new(clock ?? TimeProvider.System);
        entries = new(properties, tracksChanges);
    }

    public static StateLayout Layout { get; } = new(3, FacetEntries.Layout)
    {
        Upgrades =
        [
            new(FacetVersion1.Layout, before => before.Select(FacetVersion1.Upgrade)),
            new(FacetVersion2.Layout, before => before), // A bucket was one entry. It may be several now.
        ],
    };

    StateLayout IOperatorState.Layout => Layout;

    long IOperatorState.ChangedBytes => entries.ChangedBytes;

    /// <summary>Properties of which something is known.</summary>
    public int Count => properties.Count;

    /// <summary>About how many bytes of memory.</summary>
    public long RoomBytes { get; private set; }

    /// <summary>How many properties were forgotten because all together took too much memory, since this object was made.</summary>
    public long Evictions { get; private set; }

    /// <summary>The rankings that were made.</summary>
    public RankingCounts Rankings { get; }

    public PropertyFacets? Find(ulong property) => properties.GetValueOrDefault(property);

    /// <inheritdoc cref="FacetExplainer.Explain"/>
    public Ranking? Explain(in ExplainedSeries series) => Rankings.Make(Find(series.PropertyHash), series);

    /// <summary>Takes the sampled views of a released pane.</summary>
    public void Take(PaneRelease release)
    {
        if (release.Pane is not { Samples: not null } pane)
            return;
        PropertyFacets? facets = null;
        FacetBucket? bucket = null;
        foreach (var group in order.Groups(pane))
        {
            var property = pane.Cell(group.Cell).NameHash;
            if (facets?.Hash != property)
            {
                Done(facets);
                facets = Begin(property, pane.Text(pane.Cell(group.Cell).Name));
                bucket = facets.BucketOf(pane.Start, pane.End, isHeld(property));
                entries.Changed(facets, bucket);
            }

            facets.Add(bucket!, pane, group, order);
        }

        Done(facets);
        if (RoomBytes > maximumBytes)
            ForgetOldest();
    }

    /// <summary>What happened since a time was not normal, and is not learned.</summary>
    public void Hold(ulong property, long since)
    {
        if (Find(property) is not { } facets)
            return;
        foreach (var bucket in facets.Buckets)
        {
            if (bucket.End <= since || bucket.IsHeld)
                continue;
            bucket.IsHeld = true;
            entries.Changed(facets, bucket);
        }
    }

    /// <summary>Forgets a property.</summary>
    public void Forget(ulong property)
    {
        if (!properties.Remove(property, out var facets))
            return;
        RoomBytes -= facets.RoomBytes;
        entries.Removed(facets);
    }

    public void Save(ChangeWriter changes, bool everything)
    {
        if (everything)
            entries.SaveAll(changes);
        else
            entries.SaveChanges(changes);
    }

    public void Load(StateKey key, StateReader reader)
    {
        var name = reader.Bytes();
        var hash = KeyHash.Of(name);
        if (key.Section == StateSections.Facets)
        {
            entries.Loaded(properties[hash] = PropertyFacets.Load(name, reader));
            return;
        }

        if (!properties.TryGetValue(hash, out var facets))
            throw new CheckpointFormatException("The checkpoint is damaged: circumstances of a property that it does not know.");
        var bucket = FacetBucketEncoding.Load(reader, facets.Values.Of);
        loaded.Add((facets, bucket, FacetEntries.NumberOf(key, bucket)));
    }

    public void EndLoad()
    {
        var inOrder = loaded.OrderBy(part => part.Bucket.Start).ThenBy(part => part.Entry);
        foreach (var parts in inOrder.GroupBy(part => (part.Of, part.Bucket.Start)))
        {
            var bucket = parts.First().Bucket;
            foreach (var later in parts.Skip(1))
                bucket.Append(later.Bucket);
            bucket.Entries = parts.Last().Entry + 1;
            bucket.MarkSaved();
            bucket.Count();
            parts.Key.Of.Add(bucket);
        }

        loaded.Clear();
        RoomBytes = properties.Values.Sum(facets => facets.RoomBytes);
    }

    private PropertyFacets Begin(ulong property, ReadOnlySpan<byte> name)
    {
        if (properties.TryGetValue(property, out var facets))
        {
            RoomBytes -= facets.RoomBytes;
            return facets;
        }

        facets = new(name.ToArray());
        properties.Add(facets.Hash, facets);
        entries.Changed(facets);
        return facets;
    }

    private void Done(PropertyFacets? facets)
    {
        if (facets is null)
            return;
        if (facets.Rewritten.Count > 0)
        {
            foreach (var bucket in facets.Rewritten)
                entries.Changed(facets, bucket);
            facets.Rewritten.Clear();
        }

        while (facets.TryDropOldest(out var oldest))
            entries.Removed(facets, oldest);
        if (facets.Values.TakeChanged())
            entries.Changed(facets);
        RoomBytes += facets.RoomBytes;
    }

    private void ForgetOldest()
    {
        ForgetOldest(isHeld);
        ForgetOldest(_ => false); // All that are left have incidents.
    }

    /// <summary>Forgets those that were not seen for longest, until there is room to spare.</summary>
    private void ForgetOldest(Func<ulong, bool> isKept)
    {
        var enough = maximumBytes * (1 - Spared);
        foreach (var facets in properties.Values.OrderBy(facets => facets.LastSeen).ThenBy(facets => facets.Hash).ToList())
        {
            if (RoomBytes <= enough)
                return;
            if (isKept(facets.Hash))
                continue;
            Forget(facets.Hash);
            Evictions++;
        }
    }
}
