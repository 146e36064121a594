using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Core.Explanations;

/// <summary>The entries of circumstances in a checkpoint, and which of them have changed since the latest save.</summary>
/// <remarks>
/// A property has an entry for its values. A bucket has an entry for what came between two saves, so a save writes what is new. A bucket
/// with too many entries, or one that has changed otherwise, is written anew as one entry.
/// </remarks>
/// <param name="properties">All of them, by hash.</param>
/// <param name="tracksChanges">False: nobody will ask for changes.</param>
internal sealed class FacetEntries(IReadOnlyDictionary<ulong, PropertyFacets> properties, bool tracksChanges)
{
    /// <summary>Bytes that a store adds to an entry: its key, and marks of begin and end.</summary>
    private const long KeyBytes = 64;

    /// <summary>A save of so many entries tells how long an entry is on average.</summary>
    private const int Many = 16;

    /// <summary>
    /// The most entries of one bucket. Their numbers are added to its begin in their keys, and buckets are further apart than that.
    /// </summary>
    private const int MostEntries = 16;

    private readonly ChangeLog<ulong> values = new(tracksChanges);
    private readonly HashSet<(ulong Property, long Bucket)> changed = [];
    private readonly HashSet<StateKey> gone = [];

    /// <summary>Average bytes of an entry in the latest save of many.</summary>
    private long valuesBytes = 1024, bucketBytes = 1024;

    public static string[] Layout { get; } =
    [
        $"{StateSections.Facets}: property bytes, {PropertyValues.Layout}",
        $"{StateSections.FacetBuckets}: property bytes, {FacetBucketEncoding.Layout}",
    ];

    /// <inheritdoc cref="IOperatorState.ChangedBytes"/>
    public long ChangedBytes => (values.ChangedCount * (valuesBytes + KeyBytes)) + (changed.Count * (bucketBytes + KeyBytes))
        + ((values.GoneCount + gone.Count) * KeyBytes);

    /// <summary>The values of a property are new, or have changed.</summary>
    public void Changed(PropertyFacets facets) => values.Changed(facets.Hash);

    public void Changed(PropertyFacets facets, FacetBucket bucket)
    {
        if (tracksChanges)
            changed.Add((facets.Hash, bucket.Start));
    }

    public void Removed(PropertyFacets facets, FacetBucket bucket)
    {
        changed.Remove((facets.Hash, bucket.Start));
        RemoveEntries(facets, bucket);
    }

    /// <summary>A property is forgotten, with its buckets.</summary>
    public void Removed(PropertyFacets facets)
    {
        values.Removed(facets.Hash);
        foreach (var bucket in facets.Buckets)
            Removed(facets, bucket);
    }

    public void Loaded(PropertyFacets facets) => values.Loaded(facets.Hash);

    /// <summary>The number of an entry among those of its bucket.</summary>
    public static int NumberOf(StateKey key, FacetBucket bucket) => (int)unchecked((long)key.Low - bucket.Start);

    public void SaveAll(ChangeWriter changes)
    {
        foreach (var facets in properties.Values)
        {
            Write(facets, changes);
            foreach (var bucket in facets.Buckets)
                Write(facets, bucket, 0, changes, onlyAdded: false);
        }
    }

    public void SaveChanges(ChangeWriter changes)
    {
        var (before, count) = (changes.Length, values.ChangedCount);
        values.Take(property => Write(properties[property], changes), property => changes.Remove(KeyOf(property)));
        valuesBytes = Average(valuesBytes, changes.Length - before, count);
        (before, count) = (changes.Length, changed.Count);
        foreach (var (property, bucket) in changed)
            WriteAdded(properties[property], properties[property].Buckets.Find(kept => kept.Start == bucket)!, changes);
        changed.Clear();
        foreach (var key in gone)
            changes.Remove(key);
        gone.Clear();
        bucketBytes = Average(bucketBytes, changes.Length - before, count);
    }

    private static long Average(long known, long bytes, int count) => count >= Many ? bytes / count : known;

    private static void Write(PropertyFacets facets, ChangeWriter changes)
    {
        var writer = changes.Begin(KeyOf(facets.Hash));
        writer.Bytes(facets.Name);
        facets.Save(writer);
    }

    private void RemoveEntries(PropertyFacets facets, FacetBucket bucket)
    {
        for (; bucket.Entries > 0; bucket.Entries--)
        {
            if (tracksChanges)
                gone.Add(KeyOf(facets.Hash, bucket.Start, bucket.Entries - 1));
        }
    }

    /// <summary>Writes what a bucket has got since the latest save.</summary>
    private void WriteAdded(PropertyFacets facets, FacetBucket bucket, ChangeWriter changes)
    {
        if (bucket.IsRewritten || bucket.Entries >= MostEntries)
        {
            RemoveEntries(facets, bucket);
            bucket.IsRewritten = true;
        }

        gone.Remove(KeyOf(facets.Hash, bucket.Start, bucket.Entries));
        Write(facets, bucket, bucket.Entries++, changes, onlyAdded: !bucket.IsRewritten);
        bucket.MarkSaved();
    }

    private static void Write(PropertyFacets facets, FacetBucket bucket, int entry, ChangeWriter changes, bool onlyAdded)
    {
        var writer = changes.Begin(KeyOf(facets.Hash, bucket.Start, entry));
        writer.Bytes(facets.Name);
        FacetBucketEncoding.Save(bucket, writer, facets.Values.Of, onlyAdded);
    }

    private static StateKey KeyOf(ulong property) => new(StateSections.Facets, property, 0);

    private static StateKey KeyOf(ulong property, long bucket, int entry) =>
        new(StateSections.FacetBuckets, property, unchecked((ulong)(bucket + entry)));
}
