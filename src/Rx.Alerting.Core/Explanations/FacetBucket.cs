using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Panes;

namespace Rx.Alerting.Core.Explanations;

/// <summary>The views of a property in some time whose circumstances are known.</summary>
/// <param name="start">Event time in ms since the Unix epoch.</param>
internal sealed class FacetBucket(long start)
{
    public const string Layout =
        "start i64, end i64, isHeld bool, groups [type bytes, level i32, views [hash u64, values [dimension u8, value bytes]]]";

    /// <summary>A bucket ends after this time (ms), if it has views enough.</summary>
    private const long Shortest = 60_000;

    /// <summary>A bucket ends after this time (ms).</summary>
    private const long Longest = 3_600_000;

    private const int Enough = 16;

    private const long EmptyBytes = 100, GroupBytes = 160, ViewBytes = (FacetGroup.Width + sizeof(uint)) * 5 / 4;

    public long Start { get; } = start;

    public long End { get; set; } = start;

    /// <summary>Whether an incident was open: what happened then is not normal.</summary>
    public bool IsHeld { get; set; }

    /// <summary>Views that succeeded, then those of each error type in the order in which they came.</summary>
    public List<FacetGroup> Groups { get; } = [];

    /// <summary>Kept views that succeeded.</summary>
    public int Succeeded { get; private set; }

    /// <summary>Kept views that failed.</summary>
    public int Failed { get; private set; }

    /// <summary>About how many bytes of memory, by what is kept.</summary>
    public long RoomBytes => EmptyBytes + (Groups.Count * GroupBytes) + ((Succeeded + Failed) * ViewBytes);

    /// <summary>Whether a pane that begins at a time belongs to a later bucket.</summary>
    public bool IsFull(long time) => time >= Start + Longest || (time >= Start + Shortest && Succeeded >= Enough);

    public FacetGroup FindOrAdd(ulong typeHash, ReadOnlySpan<byte> type)
    {
        var group = Groups.Find(known => known.TypeHash == typeHash);
        if (group is null)
            Groups.Add(group = new(typeHash, type.ToArray()));
        return group;
    }

    /// <summary>Views of a group are kept, or are not kept any more.</summary>
    public void Count(FacetGroup group, int views)
    {
        if (group.Failed)
            Failed += views;
        else
            Succeeded += views;
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
            for (var view = 0; view < group.Count; view++)
            {
                writer.UInt64(group.Hash(view));
                SaveRow(writer, group.Row(view), values);
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
                var hash = reader.UInt64();
                LoadRow(reader, row, values);
                group.Add(hash, row);
            }

            bucket.Count(group, group.Count);
        }

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
