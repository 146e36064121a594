using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Panes;

namespace Rx.Alerting.Core.Explanations;

/// <summary>The views of a property in some time whose circumstances are known.</summary>
/// <param name="start">Event time in ms since the Unix epoch.</param>
internal sealed class FacetBucket(long start)
{
    public const string Layout =
        "start i64, end i64, isHeld bool, "
        + "groups [type bytes, level i32, views [hash u64, views i32, values [dimension u8, value bytes]]]";

    /// <summary>A bucket ends after this time (ms), if it has views enough.</summary>
    private const long Shortest = 60_000;

    /// <summary>A bucket ends after this time (ms).</summary>
    private const long Longest = 3_600_000;

    private const int Enough = 16;

    /// <summary>The most error types with a group of their own, and the most rows that failed.</summary>
    private const int MostTypes = 12, MostFailed = 256;

    private const long EmptyBytes = 100;

    public long Start { get; } = start;

    public long End { get; set; } = start;

    /// <summary>Whether an incident was open: what happened then is not normal.</summary>
    public bool IsHeld { get; set; }

    /// <summary>Views that succeeded, and those of each error type, in the order in which they came.</summary>
    public List<FacetGroup> Groups { get; } = [];

    /// <summary>Rows of views that succeeded, when <see cref="Limit"/> was called.</summary>
    public int Succeeded { get; private set; }

    /// <summary>Rows of views that failed, when <see cref="Limit"/> was called.</summary>
    public int Failed { get; private set; }

    /// <summary>About how many bytes of memory, by what was kept when <see cref="Limit"/> was called.</summary>
    public long RoomBytes { get; private set; } = EmptyBytes;

    /// <summary>Whether a pane that begins at a time belongs to a later bucket.</summary>
    public bool IsFull(long time) => time >= Start + Longest || (time >= Start + Shortest && Succeeded >= Enough);

    public FacetGroup FindOrAdd(ulong typeHash, ReadOnlySpan<byte> type)
    {
        foreach (var known in Groups)
        {
            if (known.TypeHash == typeHash)
                return known;
        }

        var added = new FacetGroup(typeHash, type.ToArray());
        Groups.Add(added);
        return added;
    }

    /// <summary>Bounds what is kept, however many error types there are. Then counts it.</summary>
    /// <remarks>
    /// The error type with the fewest views becomes one of the other types. Their views failed, too, but nobody can ask why. Then the group
    /// with the most rows gets a higher level: the rows that stay stand for those that are dropped.
    /// </remarks>
    /// <param name="dropped">Gets the values of each dropped row.</param>
    public void Limit(Action<byte[]> dropped)
    {
        while (Groups.Count > MostTypes && Groups.FindAll(group => group.Failed && !group.IsOfOtherTypes) is { Count: > MostTypes } typed)
            Merge(typed.MinBy(group => group.Views)!, dropped);
        Count();
        while (Failed > MostFailed)
        {
            var largest = Groups.FindAll(group => group.Failed && group.Level < PaneSamples.HighestLevel).MaxBy(group => group.Count);
            if (largest is null)
                return;
            largest.Raise(largest.Level + 1, dropped);
            Count();
        }
    }

    private void Merge(FacetGroup group, Action<byte[]> dropped)
    {
        Groups.Remove(group);
        var other = FindOrAdd(FacetGroup.HashOf(FacetGroup.OtherTypes), FacetGroup.OtherTypes);
        other.Raise(group.Level, dropped);
        group.Raise(other.Level, dropped);
        for (var row = 0; row < group.Count; row++)
            other.Add(group.Hash(row), group.Same(row), group.Row(row));
        other.Limit(dropped);
    }

    private void Count()
    {
        (Succeeded, Failed, RoomBytes) = (0, 0, EmptyBytes);
        foreach (var group in Groups)
        {
            if (group.Failed)
                Failed += group.Count;
            else
                Succeeded += group.Count;
            RoomBytes += group.RoomBytes;
        }
    }

    public void Save(StateWriter writer, FacetValues[] values)
    {
        writer.Int64(Start);
        writer.Int64(End);
        writer.Boolean(IsHeld);
        writer.Int32(Groups.Count);
        foreach (var group in Groups)
        {
            writer.Bytes(group.Type);
            writer.Int32(group.Level);
            writer.Int32(group.Count);
            for (var row = 0; row < group.Count; row++)
            {
                writer.UInt64(group.Hash(row));
                writer.Int32(group.Same(row));
                SaveRow(writer, group.Row(row), values);
            }
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

    /// <summary>Reads a bucket. Its values must be known already.</summary>
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

        bucket.Count();
        return bucket;
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
