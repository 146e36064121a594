using System.Runtime.CompilerServices;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.Panes;

/// <summary>The errors of a pane, by cell and type. Failed views are few, so errors are always found by an index.</summary>
internal struct PaneErrors()
{
    private BucketIndex index = new();
    private PaneError[] all = new PaneError[4];

    public int Count { get; private set; }

    /// <summary>Bytes of memory, used or not.</summary>
    public readonly long RoomBytes => ((long)all.Length * Unsafe.SizeOf<PaneError>()) + index.RoomBytes;

    /// <summary>Bytes of memory that have errors.</summary>
    public readonly long UsedBytes => (long)Count * Unsafe.SizeOf<PaneError>();

    public readonly ref PaneError this[int error] => ref all[error];

    /// <summary>The errors of a type in a cell, or -1.</summary>
    /// <param name="hash">The hash by which the errors are found.</param>
    /// <param name="cell">Index of the cell.</param>
    /// <param name="type">The error type.</param>
    /// <param name="text">Has the error types of the pane.</param>
    public readonly int Find(ulong hash, int cell, ReadOnlySpan<byte> type, in TextArena text)
    {
        for (var i = index.Head(hash); i >= 0; i = all[i].Next)
        {
            if (all[i].Hash == hash && all[i].Cell == cell && text[all[i].Type].SequenceEqual(type))
                return i;
        }

        return -1;
    }

    /// <summary>Adds errors with a count of 0.</summary>
    /// <param name="hash">The hash by which the errors are found.</param>
    /// <param name="typeHash">Hash of the error type.</param>
    /// <param name="type">The error type.</param>
    /// <param name="cell">Index of the cell.</param>
    /// <param name="firstInCell">The cell's first errors. Afterwards these errors.</param>
    public int Insert(ulong hash, ulong typeHash, TextRange type, int cell, ref int firstInCell)
    {
        Prepare();
        var added = Count++;
        all[added] = new PaneError
        {
            TypeHash = typeHash,
            Hash = hash,
            Type = type,
            Cell = cell,
            NextInCell = firstInCell,
            EvidenceTime = long.MinValue,
        };
        firstInCell = added;
        index.Link(hash, added, ref all[added].Next);
        return added;
    }

    /// <summary>Removes all errors, and keeps the memory.</summary>
    public void Clear()
    {
        if (Count > 0 && !index.TryClear())
        {
            for (var i = 0; i < Count; i++)
                index.Head(all[i].Hash) = -1;
        }

        Count = 0;
    }

    /// <summary>Makes room for one more.</summary>
    private void Prepare()
    {
        if (Count == all.Length)
            Array.Resize(ref all, all.Length * 2);
        if (!index.IsFull(Count))
            return;
        index.Grow();
        for (var i = 0; i < Count; i++)
            index.Link(all[i].Hash, i, ref all[i].Next);
    }
}
