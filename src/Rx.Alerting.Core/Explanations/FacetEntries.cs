using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Core.Explanations;

/// <summary>The entries of circumstances in a checkpoint, and which of them have changed since the latest save.</summary>
/// <remarks>A property has one entry for its values, and one for each of its buckets.</remarks>
/// <param name="properties">All of them, by hash.</param>
/// <param name="tracksChanges">False: nobody will ask for changes.</param>
internal sealed class FacetEntries(IReadOnlyDictionary<ulong, PropertyFacets> properties, bool tracksChanges)
{
    /// <summary>Bytes that a store adds to an entry: its key, and marks of begin and end.</summary>
    private const long KeyBytes = 64;

    /// <summary>A save of so many entries tells how long an entry is on average.</summary>
    private const int Many = 16;

    private readonly ChangeLog<ulong> values = new(tracksChanges);
    private readonly ChangeLog<(ulong Property, long Bucket)> buckets = new(tracksChanges);

    /// <summary>Average bytes of an entry in the latest save of many.</summary>
    private long valuesBytes = 1024, bucketBytes = 1024;

    public static string[] Layout { get; } =
    [
        $"{StateSections.Facets}: property bytes, {PropertyValues.Layout}",
        $"{StateSections.FacetBuckets}: property bytes, {FacetBucket.Layout}",
    ];

    /// <inheritdoc cref="IOperatorState.ChangedBytes"/>
    public long ChangedBytes => (values.ChangedCount * (valuesBytes + KeyBytes)) + (buckets.ChangedCount * (bucketBytes + KeyBytes))
        + ((values.GoneCount + buckets.GoneCount) * KeyBytes);

    /// <summary>The values of a property are new, or have changed.</summary>
    public void Changed(PropertyFacets facets) => values.Changed(facets.Hash);

    public void Changed(PropertyFacets facets, FacetBucket bucket) => buckets.Changed((facets.Hash, bucket.Start));

    public void Removed(PropertyFacets facets, FacetBucket bucket) => buckets.Removed((facets.Hash, bucket.Start));

    /// <summary>A property is forgotten, with its buckets.</summary>
    public void Removed(PropertyFacets facets)
    {
        values.Removed(facets.Hash);
        foreach (var bucket in facets.Buckets)
            Removed(facets, bucket);
    }

    public void Loaded(PropertyFacets facets) => values.Loaded(facets.Hash);

    public void Loaded(PropertyFacets facets, FacetBucket bucket) => buckets.Loaded((facets.Hash, bucket.Start));

    public void SaveAll(ChangeWriter changes)
    {
        foreach (var facets in properties.Values)
        {
            Write(facets, changes);
            foreach (var bucket in facets.Buckets)
                Write(facets, bucket, changes);
        }
    }

    public void SaveChanges(ChangeWriter changes)
    {
        var (before, count) = (changes.Length, values.ChangedCount);
        values.Take(property => Write(properties[property], changes), property => changes.Remove(KeyOf(property)));
        valuesBytes = Average(valuesBytes, changes.Length - before, count);
        (before, count) = (changes.Length, buckets.ChangedCount);
        buckets.Take(
            item => Write(properties[item.Property], item.Bucket, changes),
            item => changes.Remove(KeyOf(item.Property, item.Bucket)));
        bucketBytes = Average(bucketBytes, changes.Length - before, count);
    }

    private static long Average(long known, long bytes, int count) => count >= Many ? bytes / count : known;

    private static void Write(PropertyFacets facets, ChangeWriter changes)
    {
        var writer = changes.Begin(KeyOf(facets.Hash));
        writer.Bytes(facets.Name);
        facets.Save(writer);
    }

    private static void Write(PropertyFacets facets, long bucket, ChangeWriter changes) =>
        Write(facets, facets.Buckets.Find(kept => kept.Start == bucket)!, changes);

    private static void Write(PropertyFacets facets, FacetBucket bucket, ChangeWriter changes)
    {
        var writer = changes.Begin(KeyOf(facets.Hash, bucket.Start));
        writer.Bytes(facets.Name);
        bucket.Save(writer, facets.Values.Of);
    }

    private static StateKey KeyOf(ulong property) => new(StateSections.Facets, property, 0);

    private static StateKey KeyOf(ulong property, long bucket) =>
        new(StateSections.FacetBuckets, property, unchecked((ulong)bucket));
}
