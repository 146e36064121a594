using System.Runtime.CompilerServices;

namespace Rx.Alerting.Core.Panes;

/// <summary>The groups of a pane's sampled views, by property and outcome.</summary>
internal struct PaneSampleGroups()
{
    private BucketIndex index = new();
    private PaneSamples.Group[] all = new PaneSamples.Group[4];

    public int Count { get; private set; }

    /// <summary>Bytes of memory, used or not.</summary>
    public readonly long RoomBytes => ((long)all.Length * Unsafe.SizeOf<PaneSamples.Group>()) + index.RoomBytes;

    /// <summary>Bytes of memory that have groups.</summary>
    public readonly long UsedBytes => (long)Count * Unsafe.SizeOf<PaneSamples.Group>();

    public readonly ref PaneSamples.Group this[int group] => ref all[group];

    /// <inheritdoc cref="PaneSamples.FindOrAdd"/>
    public int FindOrAdd(int cell, int error)
    {
        for (var i = index.Head(HashOf(cell, error)); i >= 0; i = all[i].Next)
        {
            if (all[i].Cell == cell && all[i].Error == error)
                return i;
        }

        Prepare();
        var added = Count++;
        all[added] = new() { Cell = cell, Error = error, Level = error < 0 ? PaneSamples.SucceededLevel : 0, First = -1 };
        index.Link(HashOf(cell, error), added, ref all[added].Next);
        return added;
    }

    /// <summary>Removes all groups, and keeps the memory.</summary>
    public void Clear()
    {
        if (Count > 0 && !index.TryClear())
        {
            for (var i = 0; i < Count; i++)
                index.Head(HashOf(all[i].Cell, all[i].Error)) = -1;
        }

        Count = 0;
    }

    /// <summary>Errors are of one cell only, so their number says enough.</summary>
    private static ulong HashOf(int cell, int error) => error < 0 ? (ulong)cell << 1 : ((ulong)error << 1) | 1;

    /// <summary>Makes room for one more.</summary>
    private void Prepare()
    {
        if (Count == all.Length)
            Array.Resize(ref all, all.Length * 2);
        if (!index.IsFull(Count))
            return;
        index.Grow();
        for (var i = 0; i < Count; i++)
            index.Link(HashOf(all[i].Cell, all[i].Error), i, ref all[i].Next);
    }
}
