using System.Runtime.CompilerServices;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.Panes;

/// <summary>
/// The cells of a pane. Few cells are searched one by one, which is faster than an index. More cells are found by an index.
/// </summary>
internal struct PaneCells()
{
    private const int Few = 16;

    private BucketIndex index = new();
    private PaneCell[] all = new PaneCell[Few];

    public int Count { get; private set; }

    /// <summary>Bytes of memory, used or not.</summary>
    public readonly long RoomBytes => ((long)all.Length * Unsafe.SizeOf<PaneCell>()) + index.RoomBytes;

    /// <summary>Bytes of memory that have cells.</summary>
    public readonly long UsedBytes => (long)Count * Unsafe.SizeOf<PaneCell>();

    public readonly ref PaneCell this[int cell] => ref all[cell];

    /// <summary>The cell of a property, or -1.</summary>
    public readonly int FindProperty(ulong hash)
    {
        if (Count > Few)
            return FindPropertyByIndex(hash);
        var few = all.AsSpan(0, Count);
        for (var i = 0; i < few.Length; i++)
        {
            if (few[i].NameHash == hash && few[i].IsProperty(i))
                return i;
        }

        return -1;
    }

    private readonly int FindPropertyByIndex(ulong hash)
    {
        for (var i = index.Head(hash); i >= 0; i = all[i].Next)
        {
            if (all[i].NameHash == hash && all[i].IsProperty(i))
                return i;
        }

        return -1;
    }

    /// <summary>The cell of a title, or -1.</summary>
    /// <remarks>
    /// Within one pane, titles of a property are told apart by their 64-bit hashes alone. Reading the names as well would cost the hot path
    /// more than its arithmetic. With a million titles in each pane, two titles share a hash in one of 40 million panes.
    /// </remarks>
    public readonly int FindTitle(int property, ulong combined, ulong hash)
    {
        if (Count > Few)
            return FindTitleByIndex(property, combined, hash);
        var few = all.AsSpan(0, Count);
        for (var i = 0; i < few.Length; i++)
        {
            if (few[i].NameHash == hash && few[i].Property == property && i != property)
                return i;
        }

        return -1;
    }

    private readonly int FindTitleByIndex(int property, ulong combined, ulong hash)
    {
        var i = index.Head(combined);
        while ((uint)i < (uint)all.Length)
        {
            ref readonly var cell = ref all[i];
            if (cell.NameHash == hash && cell.Property == property && i != property)
                return i;
            i = cell.Next;
        }

        return -1;
    }

    /// <summary>Adds a cell without views.</summary>
    /// <param name="hash">The hash by which the cell is found.</param>
    /// <param name="nameHash">The hash of the name.</param>
    /// <param name="name">The name of the property or of the title.</param>
    /// <param name="property">Index of the property's cell. A property's cell has its own index.</param>
    public int Insert(ulong hash, ulong nameHash, TextRange name, int property)
    {
        if (Count >= Few)
            Prepare();
        var added = Count++;
        ref var cell = ref all[added];
        cell.NameHash = nameHash;
        cell.Name = name;
        cell.Property = property;
        cell.Views = 0;
        cell.FirstError = -1;
        if (added >= Few)
            index.Link(hash, added, ref cell.Next);
        return added;
    }

    /// <summary>Removes all cells, and keeps the memory.</summary>
    public void Clear()
    {
        if (Count > Few && !index.TryClear())
        {
            for (var i = 0; i < Count; i++)
                index.Head(HashOf(i)) = -1;
        }

        Count = 0;
    }

    /// <summary>Makes room for one more cell than a few. Makes the index if there is none.</summary>
    private void Prepare()
    {
        if (Count == all.Length)
            Array.Resize(ref all, all.Length * 2);
        if (index.IsFull(Count))
            index.Grow();
        else if (Count > Few)
            return;
        for (var i = 0; i < Count; i++)
            index.Link(HashOf(i), i, ref all[i].Next);
    }

    /// <summary>The hash by which a cell is found: the property's hash; for a title, both hashes combined.</summary>
    private readonly ulong HashOf(int cell) => all[cell].IsProperty(cell)
        ? all[cell].NameHash
        : KeyHash.Combine(all[all[cell].Property].NameHash, all[cell].NameHash);
}
