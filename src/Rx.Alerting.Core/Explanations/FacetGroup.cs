using Rx.Alerting.Core.Panes;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.Explanations;

/// <summary>Views of one outcome in a bucket: those whose hashes end in as many zero bits as the level says.</summary>
/// <param name="typeHash">Hash of the error type; 0: the views succeeded.</param>
/// <param name="type">The error type; empty: the views succeeded.</param>
internal sealed class FacetGroup(ulong typeHash, byte[] type)
{
    /// <summary>Values of a view: one for each dimension.</summary>
    public const int Width = SampledValues.Dimensions;

    private const long EmptyBytes = 160, RowBytes = (Width + sizeof(uint)) * 5 / 4, CountBytes = sizeof(int) * 5 / 4;

    private uint[] hashes = new uint[4];
    private byte[] rows = new byte[4 * Width];

    /// <summary>How many views are the same; null: no row stands for more than one.</summary>
    private int[]? counts;
    private int repeated;
    private int savedLevel = -1;

    /// <summary>Stands for the views that failed with an error type that has no group of its own.</summary>
    public static byte[] OtherTypes { get; } = [0];

    public ulong TypeHash { get; } = typeHash;

    public byte[] Type { get; } = type;

    public bool Failed => Type.Length > 0;

    public bool IsOfOtherTypes { get; } = type.AsSpan().SequenceEqual(OtherTypes);

    public int Level { get; private set; }

    /// <summary>How many rows are kept. A row is one view, or several that are the same.</summary>
    public int Count { get; private set; }

    /// <summary>The most rows.</summary>
    public int Most => Failed ? PaneSamples.MostFailed : PaneSamples.MostSucceeded;

    /// <summary>How many views all rows stand for.</summary>
    public double Views
    {
        get
        {
            var same = (long)Count;
            for (var row = 0; repeated > 0 && row < Count; row++)
                same += Same(row) - 1;
            return same * (double)(1L << Level);
        }
    }

    /// <summary>About how many bytes of memory, by what is kept.</summary>
    public long RoomBytes => EmptyBytes + Type.Length + (Count * (RowBytes + (repeated > 0 ? CountBytes : 0)));

    /// <summary>How many rows, from the first on, the checkpoint has.</summary>
    public int SavedRows { get; private set; }

    /// <summary>Whether the checkpoint has all of the group.</summary>
    public bool IsSaved => SavedRows == Count && savedLevel == Level;

    /// <summary>The <see cref="TypeHash"/> of an error type; of an empty one, of views that succeeded.</summary>
    public static ulong HashOf(ReadOnlySpan<byte> type) => type.IsEmpty ? 0 : KeyHash.Of(type);

    public uint Hash(int row) => hashes[row];

    /// <summary>How many kept views are the same.</summary>
    public int Same(int row) => counts?[row] ?? 1;

    /// <summary>How many views a row stands for.</summary>
    public double ViewsOf(int row) => Same(row) * (double)(1L << Level);

    public Span<byte> Row(int row) => rows.AsSpan(row * Width, Width);

    public bool Keeps(ulong hash) => PaneSamples.IsOf(Level, hash);

    /// <summary>Adds a row.</summary>
    /// <param name="hash">Of its views.</param>
    /// <param name="same">How many views are the same.</param>
    /// <param name="row">Their values.</param>
    public void Add(ulong hash, int same, ReadOnlySpan<byte> row)
    {
        if (Count == hashes.Length)
        {
            var room = Count + (Count / 2);
            Array.Resize(ref hashes, room);
            Array.Resize(ref rows, room * Width);
        }

        hashes[Count] = unchecked((uint)hash);
        row.CopyTo(Row(Count));
        SetSame(Count++, same);
    }

    /// <summary>Adds the rows of another group.</summary>
    public void AddAll(FacetGroup other)
    {
        for (var row = 0; row < other.Count; row++)
            Add(other.Hash(row), other.Same(row), other.Row(row));
    }

    /// <summary>The checkpoint has all of the group.</summary>
    public void MarkSaved() => (SavedRows, savedLevel) = (Count, Level);

    /// <summary>Replaces a value of a dimension.</summary>
    /// <returns>Whether any view had it.</returns>
    public bool Replace(int dimension, byte value, byte by)
    {
        var found = false;
        for (var row = 0; row < Count; row++)
        {
            ref var of = ref Row(row)[dimension];
            if (of != value)
                continue;
            of = by;
            found = true;
        }

        return found;
    }

    /// <summary>Raises the level, and drops the rows that are not kept any more.</summary>
    /// <param name="level">The least level.</param>
    /// <param name="dropped">Gets the values of each dropped row.</param>
    public void Raise(int level, Action<byte[]> dropped)
    {
        if (level <= Level)
            return;
        Level = level;
        var (all, same, saved) = (Count, counts, SavedRows);
        (Count, counts, repeated) = (0, null, 0);
        for (var i = 0; i < all; i++)
        {
            if (Keeps(hashes[i]))
                Add(hashes[i], same?[i] ?? 1, Row(i));
            else
                dropped(Row(i).ToArray());
            if (i < saved)
                SavedRows = Count;
        }
    }

    /// <summary>Raises the level until there are few enough rows.</summary>
    /// <inheritdoc cref="Raise"/>
    public void Limit(Action<byte[]> dropped)
    {
        while (Count > Most && Level < PaneSamples.HighestLevel)
            Raise(Level + 1, dropped);
    }

    private void SetSame(int row, int same)
    {
        if (same > 1)
        {
            repeated++;
            if (counts is null)
            {
                counts = new int[hashes.Length];
                counts.AsSpan().Fill(1);
            }
        }

        if (counts is null)
            return;
        if (counts.Length < hashes.Length)
            Array.Resize(ref counts, hashes.Length);
        counts[row] = same;
    }
}
