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

    private uint[] hashes = new uint[4];
    private byte[] rows = new byte[4 * Width];

    public ulong TypeHash { get; } = typeHash;

    public byte[] Type { get; } = type;

    public bool Failed => Type.Length > 0;

    public int Level { get; private set; }

    public int Count { get; private set; }

    /// <summary>How many views each kept view stands for.</summary>
    public double Weight => 1L << Level;

    /// <summary>The <see cref="TypeHash"/> of an error type; of an empty one, of views that succeeded.</summary>
    public static ulong HashOf(ReadOnlySpan<byte> type) => type.IsEmpty ? 0 : KeyHash.Of(type);

    public uint Hash(int view) => hashes[view];

    public Span<byte> Row(int view) => rows.AsSpan(view * Width, Width);

    public bool Keeps(ulong hash) => (hash & ((1UL << Level) - 1)) == 0;

    public void Add(ulong hash, ReadOnlySpan<byte> row)
    {
        if (Count == hashes.Length)
        {
            var room = Count + (Count / 2);
            Array.Resize(ref hashes, room);
            Array.Resize(ref rows, room * Width);
        }

        hashes[Count] = unchecked((uint)hash);
        row.CopyTo(Row(Count++));
    }

    /// <summary>Replaces a value of a dimension.</summary>
    /// <returns>Whether any view had it.</returns>
    public bool Replace(int dimension, byte value, byte by)
    {
        var found = false;
        for (var view = 0; view < Count; view++)
        {
            ref var of = ref Row(view)[dimension];
            if (of != value)
                continue;
            of = by;
            found = true;
        }

        return found;
    }

    /// <summary>Raises the level, and drops the views that are not kept any more.</summary>
    /// <param name="level">The least level.</param>
    /// <param name="dropped">Gets the values of each dropped view.</param>
    public void Raise(int level, Action<byte[]> dropped)
    {
        if (level <= Level)
            return;
        Level = level;
        var kept = 0;
        for (var i = 0; i < Count; i++)
        {
            if (!Keeps(hashes[i]))
            {
                dropped(Row(i).ToArray());
                continue;
            }

            hashes[kept] = hashes[i];
            Row(i).CopyTo(Row(kept++));
        }

        Count = kept;
    }
}
