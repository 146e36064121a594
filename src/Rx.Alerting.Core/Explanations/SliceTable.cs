using System.Runtime.InteropServices;

namespace Rx.Alerting.Core.Explanations;

/// <summary>Counts of views by the values of their dimensions: what a ranking looks at.</summary>
/// <remarks>Values are numbers from 1 on; 0 stands for a view that does not say.</remarks>
/// <param name="dimensions">Their names.</param>
/// <param name="isSampled">Whether views that succeeded were sampled before the interval, so the past of small slices is a guess.</param>
/// <param name="capacity">How many rows to make room for.</param>
public abstract class SliceTable(IReadOnlyList<string> dimensions, bool isSampled, int capacity)
{
    private readonly List<int> cells = new(capacity * dimensions.Count);
    private readonly List<int> kindOf = new(capacity);
    private readonly List<SliceCounts> kinds = [];
    private readonly Dictionary<SliceCounts, int> kindNumbers = [];
    private double squares;

    public IReadOnlyList<string> Dimensions => dimensions;

    public bool IsSampled => isSampled;

    public int RowCount => kindOf.Count;

    /// <summary>Rows with the same counts are of one kind: there are few kinds, as most rows stand for one view.</summary>
    internal ReadOnlySpan<SliceCounts> Kinds => CollectionsMarshal.AsSpan(kinds);

    /// <summary>The kind of each row.</summary>
    internal ReadOnlySpan<int> KindOf => CollectionsMarshal.AsSpan(kindOf);

    /// <summary>The values of all rows, one row after the other.</summary>
    internal ReadOnlySpan<int> Cells => CollectionsMarshal.AsSpan(cells);

    /// <summary>All views together.</summary>
    public SliceCounts Total { get; private set; }

    /// <summary>
    /// So many views of the interval, each of them looked at, would say as much as those that were looked at: L. Kish's effective sample
    /// size.
    /// </summary>
    public double SeenViews => squares > 0 ? Total.Views * Total.Views / squares : 0;

    /// <summary>The text of a value that is not 0.</summary>
    public abstract string Text(int dimension, int value);

    /// <summary>How many values a dimension has, 0 included.</summary>
    public abstract int ValueCount(int dimension);

    /// <summary>How many times the normal rate of all views is normal for a value that is not 0.</summary>
    public abstract double Factor(int dimension, int value);

    public SliceCounts Counts(int row) => kinds[kindOf[row]];

    public int Cell(int row, int dimension) => cells[(row * dimensions.Count) + dimension];

    /// <summary>Adds views of the same values.</summary>
    /// <param name="added">How many views there are, by those that were looked at.</param>
    /// <param name="sampled">How many of the interval's were looked at. The others are known by their weight only, so they prove nothing.
    /// </param>
    /// <param name="sampledErrors">How many of these are errors; null: the same part as of all.</param>
    /// <returns>Room for a value of each dimension.</returns>
    protected Span<int> AddRow(in SliceCounts added, long sampled, long? sampledErrors = null)
    {
        var seenErrors = sampledErrors ?? (added.Errors > 0 ? sampled * (added.Errors / added.Views) : 0);
        var counts = added with { ErrorSquares = Squares(added.Errors, seenErrors) };
        kindOf.Add(KindOfCounts(counts));
        Total += counts;
        squares += counts.ErrorSquares + Squares(added.Views - added.Errors, sampled - seenErrors);
        var row = cells.Count;
        CollectionsMarshal.SetCount(cells, row + dimensions.Count);
        return CollectionsMarshal.AsSpan(cells)[row..];
    }

    /// <summary>The squares of what each view that was looked at stands for: one view at least.</summary>
    private static double Squares(double views, double seen) => views <= 0 ? 0 : views * views / Math.Clamp(seen, 1, Math.Max(1, views));

    private int KindOfCounts(in SliceCounts counts)
    {
        // Most rows have the counts of the row before.
        if (kindOf.Count > 0 && kinds[kindOf[^1]] == counts)
            return kindOf[^1];
        if (!kindNumbers.TryGetValue(counts, out var kind))
        {
            kindNumbers.Add(counts, kind = kinds.Count);
            kinds.Add(counts);
        }

        return kind;
    }
}
