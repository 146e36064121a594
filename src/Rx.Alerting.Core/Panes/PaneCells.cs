using System.Runtime.CompilerServices;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.Panes;

/// <summary>The cells of a pane. A few are looked through, which is faster than an index; more are found by one.</summary>
internal struct PaneCells()
{
    private const int Few = 16;

    private BucketIndex index = new();
    private PaneCell[] all = new PaneCell[Few];

    public int Count { get; private set; }

    /// <summary>Bytes of memory, used or not.</summary>
    public readonly long RoomBytes => ((long)all.Length * Unsafe.SizeOf<PaneCell>()) + index.RoomBytes;

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

    /// <summary>
    /// Within one pane, titles of a property are told apart by their 64-bit hashes alone: to read the names as well would cost
    /// the hot path more than its arithmetic, and of a million titles in one pane two are taken for one in 40 million panes.
    /// </summary>
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
    /// <param name="hash">By which it is found.</param>
    /// <param name="nameHash">The name's own hash.</param>
    /// <param name="name">The name of the property or the title.</param>
    /// <param name="property">The property's cell; of a property's cell, its own.</param>
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

    /// <summary>Forgets all cells, and keeps the room.</summary>
    public void Clear()
    {
        if (Count > Few && !index.TryClear())
        {
            for (var i = 0; i < Count; i++)
                index.Head(HashOf(i)) = -1;
        }

        Count = 0;
    }

    /// <summary>Makes room for one more than a few cells, and an index where there is none.</summary>
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

    /// <summary>By which a cell is found: the property's hash, or that and the title's combined.</summary>
    private readonly ulong HashOf(int cell) =>
        all[cell].IsProperty(cell) ? all[cell].NameHash : KeyHash.Combine(all[all[cell].Property].NameHash, all[cell].NameHash);
}
