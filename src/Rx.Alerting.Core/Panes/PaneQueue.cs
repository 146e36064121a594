namespace Rx.Alerting.Core.Panes;

/// <summary>
/// The open panes, in the order of their time. Nearly all look-ups and insertions are near the end, and all removals are at the begin, so
/// two plain arrays are faster than a hash table and a heap.
/// </summary>
internal sealed class PaneQueue
{
    private long[] starts = new long[16];
    private Pane[] panes = new Pane[16];
    private int head;
    private int tail;

    public int Count => tail - head;

    /// <summary>All open panes. A pane may be replaced by another pane with the same start.</summary>
    public Span<Pane> All => panes.AsSpan(head, Count);

    public Pane? First => Count > 0 ? panes[head] : null;

    /// <summary>
    /// Index of the pane that begins at <paramref name="start"/>. If there is no such pane: the complement of the index at which to insert
    /// it.
    /// </summary>
    public int Find(long start)
    {
        if (Count > 0 && start > starts[tail - 1])
            return ~tail;
        var found = starts.AsSpan(head, Count).BinarySearch(start);
        return found >= 0 ? found + head : ~(~found + head);
    }

    public Pane this[int index] => panes[index];

    /// <summary>Inserts a pane.</summary>
    /// <param name="index">The complement of the result of <see cref="Find"/>.</param>
    /// <param name="pane">The pane.</param>
    public void Insert(int index, Pane pane)
    {
        if (tail == starts.Length)
            index -= MakeRoom();
        starts.AsSpan(index, tail - index).CopyTo(starts.AsSpan(index + 1));
        panes.AsSpan(index, tail - index).CopyTo(panes.AsSpan(index + 1));
        (starts[index], panes[index]) = (pane.Start, pane);
        tail++;
    }

    public void RemoveFirst() => panes[head++] = null!;

    public void Clear()
    {
        panes.AsSpan(head, Count).Clear();
        head = tail = 0;
    }

    /// <summary>Moves all panes to the begin of arrays that are large enough.</summary>
    /// <returns>How far the panes were moved.</returns>
    private int MakeRoom()
    {
        var (from, count) = (head, Count);
        var length = count > starts.Length / 2 ? starts.Length * 2 : starts.Length;
        var (oldStarts, oldPanes) = (starts, panes);
        if (length > starts.Length)
            (starts, panes) = (new long[length], new Pane[length]);
        oldStarts.AsSpan(from, count).CopyTo(starts);
        oldPanes.AsSpan(from, count).CopyTo(panes);
        panes.AsSpan(count, Math.Min(from + count, length) - count).Clear();
        (head, tail) = (0, count);
        return from;
    }
}
