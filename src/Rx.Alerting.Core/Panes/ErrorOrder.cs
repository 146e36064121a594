namespace Rx.Alerting.Core.Panes;

/// <summary>The fixed order of the error types of a cell: by hash, then by name.</summary>
internal sealed class ErrorOrder
{
    /// <summary>Kept, because sorting by a comparer allocates a delegate each time.</summary>
    private readonly Comparison<int> compare;

    private int[] order = new int[4];
    private Pane pane = new();

    public ErrorOrder() => compare = Compare;

    public ReadOnlySpan<int> Of(Pane pane, in PaneCell cell)
    {
        this.pane = pane;
        var count = 0;
        for (var i = cell.FirstError; i >= 0; i = pane.Error(i).NextInCell)
        {
            if (count == order.Length)
                Array.Resize(ref order, order.Length * 2);
            order[count++] = i;
        }

        var result = order.AsSpan(0, count);
        if (count > 1)
            result.Sort(compare);
        return result;
    }

    private int Compare(int x, int y)
    {
        ref readonly var a = ref pane.Error(x);
        ref readonly var b = ref pane.Error(y);
        var order = a.TypeHash.CompareTo(b.TypeHash);
        return order != 0 ? order : pane.Text(a.Type).SequenceCompareTo(pane.Text(b.Type));
    }
}
