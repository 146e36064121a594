using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Panes;

namespace Rx.Alerting.Core.Explanations;

/// <summary>A bucket in a checkpoint. Its entries add up: each has the rows that came after the one before.</summary>
internal static class FacetBucketEncoding
{
    public const string Layout =
        "start i64, end i64, isHeld bool, "
        + "groups [type bytes, level i32, views [hash u64, views i32, values [dimension u8, value bytes]]]";

    /// <summary>Writes a bucket.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <param name="writer">Gets it.</param>
    /// <param name="values">Of its property.</param>
    /// <param name="onlyAdded">Only what has come since <see cref="FacetBucket.MarkSaved"/>.</param>
    public static void Save(FacetBucket bucket, StateWriter writer, FacetValues[] values, bool onlyAdded)
    {
        writer.Int64(bucket.Start);
        writer.Int64(bucket.End);
        writer.Boolean(bucket.IsHeld);
        writer.Int32(onlyAdded ? bucket.Groups.Count(group => !group.IsSaved) : bucket.Groups.Count);
        foreach (var group in bucket.Groups)
        {
            if (!onlyAdded || !group.IsSaved)
                Save(group, onlyAdded ? group.SavedRows : 0, writer, values);
        }
    }

    /// <summary>Reads an entry of a bucket. The bucket's values must be known already.</summary>
    public static FacetBucket Load(StateReader reader, FacetValues[] values)
    {
        var bucket = new FacetBucket(reader.Int64()) { End = reader.Int64(), IsHeld = reader.Boolean() };
        var row = new byte[SampledValues.Dimensions];
        for (var groups = reader.Count(); groups > 0; groups--)
        {
            var type = reader.Bytes();
            var group = bucket.FindOrAdd(FacetGroup.HashOf(type), type);
            group.Raise(reader.Int32(), _ => { });
            for (var views = reader.Count(); views > 0; views--)
            {
                var (hash, same) = (reader.UInt64(), reader.Int32());
                LoadRow(reader, row, values);
                group.Add(hash, same, row);
            }
        }

        return bucket;
    }

    private static void Save(FacetGroup group, int first, StateWriter writer, FacetValues[] values)
    {
        writer.Bytes(group.Type);
        writer.Int32(group.Level);
        writer.Int32(group.Count - first);
        for (var row = first; row < group.Count; row++)
        {
            writer.UInt64(group.Hash(row));
            writer.Int32(group.Same(row));
            SaveRow(writer, group.Row(row), values);
        }
    }

    private static void SaveRow(StateWriter writer, ReadOnlySpan<byte> row, FacetValues[] values)
    {
        writer.Int32(row.Length - row.Count(FacetValues.None));
        for (var dimension = 0; dimension < row.Length; dimension++)
        {
            if (row[dimension] == FacetValues.None)
                continue;
            writer.Byte((byte)dimension);
            writer.Bytes(values[dimension].Bytes(row[dimension]));
        }
    }

    private static void LoadRow(StateReader reader, byte[] row, FacetValues[] values)
    {
        Array.Clear(row);
        for (var left = reader.Count(); left > 0; left--)
        {
            var dimension = reader.Byte();
            var value = reader.Bytes();
            if (dimension < row.Length)
                row[dimension] = value.Length == 0 ? FacetValues.Other : values[dimension].Find(value);
        }
    }
}
