using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Panes;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.Explanations;

/// <summary>The circumstances of the latest views of all properties.</summary>
/// <param name="maximumBytes">When all together take more memory, the properties that were not seen for longest are forgotten.</param>
/// <param name="isHeld">Whether a property, by its hash, has an open incident.</param>
/// <param name="tracksChanges">Whether changes are remembered, so that a save can write changes only.</param>
internal sealed class FacetState(long maximumBytes, Func<ulong, bool> isHeld, bool tracksChanges = false) : IOperatorState
{
    /// <summary>The begin of no bucket: it stands for what a property has beside its buckets.</summary>
    private const long OfProperty = long.MinValue;

    /// <summary>When there is too much, so much more goes, so that not every pane looks through all properties.</summary>
    private const double Spared = 0.1;

    private readonly Dictionary<ulong, PropertyFacets> properties = [];
    private readonly SampleOrder order = new();
    private readonly List<(PropertyFacets Of, FacetBucket Bucket)> loaded = [];
    private readonly ChangeLog<(ulong Property, long Bucket)> log = new(tracksChanges);

    public static StateLayout Layout { get; } = new(1,
        $"{StateSections.Facets}: property bytes, {PropertyFacets.Layout}",
        $"{StateSections.FacetBuckets}: property bytes, {FacetBucket.Layout}");

    StateLayout IOperatorState.Layout => Layout;

    /// <summary>Properties of which something is known.</summary>
    public int Count => properties.Count;

    /// <summary>About how many bytes of memory.</summary>
    public long RoomBytes { get; private set; }

    public PropertyFacets? Find(ulong property) => properties.GetValueOrDefault(property);

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
                log.Changed((property, bucket.Start));
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
        foreach (var bucket in Find(property)?.Buckets ?? [])
        {
            if (bucket.End <= since || bucket.IsHeld)
                continue;
            bucket.IsHeld = true;
            log.Changed((property, bucket.Start));
        }
    }

    /// <summary>Forgets a property.</summary>
    public void Forget(ulong property)
    {
        if (!properties.Remove(property, out var facets))
            return;
        RoomBytes -= facets.RoomBytes;
        log.Removed((property, OfProperty));
        foreach (var bucket in facets.Buckets)
            log.Removed((property, bucket.Start));
    }

    public void Save(ChangeWriter changes, bool everything)
    {
        if (!everything)
        {
            log.Take(item => Write(item, changes), item => changes.Remove(KeyOf(item)));
            return;
        }

        foreach (var facets in properties.Values)
        {
            Write((facets.Hash, OfProperty), changes);
            foreach (var bucket in facets.Buckets)
                Write((facets.Hash, bucket.Start), changes);
        }
    }

    public void Load(StateKey key, StateReader reader)
    {
        var name = reader.Bytes();
        var hash = KeyHash.Of(name);
        if (key.Section == StateSections.Facets)
        {
            properties[hash] = PropertyFacets.Load(name, reader);
            log.Loaded((hash, OfProperty));
            return;
        }

        if (!properties.TryGetValue(hash, out var facets))
            throw new CheckpointFormatException("The checkpoint is damaged: circumstances of a property that it does not know.");
        var bucket = FacetBucket.Load(reader, facets.Values);
        loaded.Add((facets, bucket));
        log.Loaded((hash, bucket.Start));
    }

    public void EndLoad()
    {
        foreach (var (facets, bucket) in loaded.OrderBy(entry => entry.Bucket.Start))
            facets.Add(bucket);
        loaded.Clear();
        foreach (var facets in properties.Values)
        {
            RoomBytes += facets.RoomBytes;
        }
    }

    private void Write((ulong Property, long Bucket) item, ChangeWriter changes)
    {
        var facets = properties[item.Property];
        var writer = changes.Begin(KeyOf(item));
        writer.Bytes(facets.Name);
        if (item.Bucket == OfProperty)
            facets.Save(writer);
        else
            facets.Buckets.Find(bucket => bucket.Start == item.Bucket)!.Save(writer, facets.Values);
    }

    private static StateKey KeyOf((ulong Property, long Bucket) item) => item.Bucket == OfProperty
        ? new(StateSections.Facets, item.Property, 0)
        : new(StateSections.FacetBuckets, item.Property, unchecked((ulong)item.Bucket));

    private PropertyFacets Begin(ulong property, ReadOnlySpan<byte> name)
    {
        if (properties.TryGetValue(property, out var facets))
            RoomBytes -= facets.RoomBytes;
        else
            Add(facets = new(name.ToArray()));
        return facets;
    }

    private void Add(PropertyFacets facets)
    {
        properties.Add(facets.Hash, facets);
        log.Changed((facets.Hash, OfProperty));
    }

    private void Done(PropertyFacets? facets)
    {
        if (facets is null)
            return;
        foreach (var bucket in facets.Rewritten)
            log.Changed((facets.Hash, bucket.Start));
        facets.Rewritten.Clear();
        facets.DropOld(bucket => log.Removed((facets.Hash, bucket.Start)));
        if (facets.TakeChanged())
            log.Changed((facets.Hash, OfProperty));
        RoomBytes += facets.RoomBytes;
    }

    private void ForgetOldest()
    {
        foreach (var facets in properties.Values.OrderBy(facets => facets.LastSeen).ThenBy(facets => facets.Hash).ToList())
        {
            if (RoomBytes <= maximumBytes * (1 - Spared))
                return;
            if (!isHeld(facets.Hash))
                Forget(facets.Hash);
        }
    }
}
