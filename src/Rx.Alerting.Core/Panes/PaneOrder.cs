using System.Runtime.CompilerServices;

namespace Rx.Alerting.Core.Panes;

/// <summary>
/// The fixed order of the keys of a pane. Properties come by hash, each before its titles. Titles come by hash. Equal hashes come by name.
/// The order depends on the keys alone.
/// </summary>
internal sealed class PaneOrder
{
    /// <summary>Up to so many cells are sorted faster by insertion than by the framework.</summary>
    private const int Few = 24;

    /// <summary>Kept, because sorting by a comparer allocates a delegate each time.</summary>
    private readonly Comparison<int> compare;

    private ulong[] keys = new ulong[4];
    private int[] order = new int[4];
    private Pane pane = new();

    public PaneOrder() => compare = Compare;

    /// <summary>All cells of a pane, in their order.</summary>
    public ReadOnlySpan<int> Of(Pane pane)
    {
        var count = pane.CellCount;
        if (order.Length < count)
            order = new int[Math.Max(count, order.Length * 2)];
        for (var i = 0; i < count; i++)
            order[i] = i;
        var result = order.AsSpan(0, count);
        Sort(pane, result);
        return result;
    }

    /// <summary>Sorts some cells of a pane.</summary>
    public void Sort(Pane pane, Span<int> cells)
    {
        this.pane = pane;
        if (keys.Length < cells.Length)
            keys = new ulong[Math.Max(cells.Length, keys.Length * 2)];
        if (cells.Length <= Few)
        {
            InsertKeys(cells);
        }
        else
        {
            for (var i = 0; i < cells.Length; i++)
                keys[i] = SortKey(cells[i]);
            keys.AsSpan(0, cells.Length).Sort(cells);
        }

        Settle(cells);
    }

    private int Compare(int x, int y)
    {
        if (x == y)
            return 0;
        ref readonly var a = ref pane.Cell(x);
        ref readonly var b = ref pane.Cell(y);
        var order = PropertyHash(a).CompareTo(PropertyHash(b));
        if (order == 0)
            order = Name(a.Property).SequenceCompareTo(Name(b.Property));
        if (order == 0)
            order = b.IsProperty(y).CompareTo(a.IsProperty(x));
        if (order == 0)
            order = a.NameHash.CompareTo(b.NameHash);
        return order != 0 ? order : Name(x).SequenceCompareTo(Name(y));
    }

    private ReadOnlySpan<byte> Name(int cell) => pane.Text(pane.Cell(cell).Name);

    private ulong PropertyHash(in PaneCell cell) => pane.Cell(cell.Property).NameHash;

    /// <summary>The upper halves of both hashes. They nearly always sort as <see cref="Compare"/> does, but much faster.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong SortKey(int index)
    {
        ref readonly var cell = ref pane.Cell(index);
        var property = PropertyHash(cell) & 0xFFFFFFFF_00000000;
        return cell.IsProperty(index) ? property : property | Math.Max(1, cell.NameHash >> 32);
    }

    /// <summary>Sorts the cells by insertion, while making their sort keys.</summary>
    private void InsertKeys(Span<int> cells)
    {
        var sorted = keys.AsSpan(0, cells.Length);
        for (var i = 0; i < sorted.Length; i++)
        {
            var cell = cells[i];
            var key = SortKey(cell);
            var at = i;
            for (; at > 0 && sorted[at - 1] > key; at--)
            {
                sorted[at] = sorted[at - 1];
                cells[at] = cells[at - 1];
            }

            sorted[at] = key;
            cells[at] = cell;
        }
    }

    /// <summary>
    /// Corrects the order where the sort keys could not tell cells apart. Usually costs one comparison of neighbours for each cell.
    /// </summary>
    private void Settle(Span<int> result)
    {
        for (var i = 1; i < result.Length; i++)
        {
            var doubtful = keys[i] == keys[i - 1]
                || (keys[i] >> 32 == keys[i - 1] >> 32 && pane.Cell(result[i]).Property != pane.Cell(result[i - 1]).Property);
            if (doubtful && Compare(result[i - 1], result[i]) > 0)
            {
                result.Sort(compare);
                return;
            }
        }
    }
}
