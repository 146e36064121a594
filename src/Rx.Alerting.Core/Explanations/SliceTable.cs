using System.Runtime.InteropServices;

namespace Rx.Alerting.Core.Explanations;

/// <summary>Counts of views by the values of their dimensions: what a ranking looks at.</summary>
/// <param name="dimensions">Their names.</param>
/// <param name="isSampled">Whether views that succeeded were sampled before the interval, so the past of small slices is a guess.</param>
/// <param name="capacity">How many rows to make room for.</param>
public sealed class SliceTable(IReadOnlyList<string> dimensions, bool isSampled = false, int capacity = 0)
{
    private readonly Values[] values = [.. dimensions.Select(_ => new Values())];
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

    /// <summary>The number of a value, from 1 on; 0 stands for a view that does not say.</summary>
    public int Value(int dimension, string? value) => string.IsNullOrEmpty(value) ? 0 : values[dimension].Number(value);

    /// <summary>The text of a value that is not 0.</summary>
    public string Text(int dimension, int value) => values[dimension].Texts[value];

    /// <summary>How many values a dimension has, 0 included.</summary>
    public int ValueCount(int dimension) => values[dimension].Texts.Count;

    /// <summary>Says that a value is always worse, or better, than the rest.</summary>
    /// <param name="dimension">Index of the dimension.</param>
    /// <param name="value">Its value.</param>
    /// <param name="factor">How many times the normal rate of all views is normal for the value.</param>
    public void SetFactor(int dimension, int value, double factor) => values[dimension].Factors[value] = factor;

    /// <inheritdoc cref="SetFactor"/>
    /// <returns>1 unless said otherwise.</returns>
    public double Factor(int dimension, int value) => values[dimension].Factors[value];

    /// <summary>Adds views of the same values.</summary>
    /// <param name="row">A value for each dimension.</param>
    /// <param name="added">How many views there are, by those that were looked at.</param>
    /// <param name="sampled">How many of the interval's were looked at. The others are known by their weight only, so they prove nothing.
    /// </param>
    /// <param name="sampledErrors">How many of these are errors; null: the same part as of all.</param>
    public void Add(ReadOnlySpan<int> row, SliceCounts added, long sampled, long? sampledErrors = null)
    {
        if (row.Length != dimensions.Count)
            throw new ArgumentException($"The row has {row.Length} values for {dimensions.Count} dimensions.", nameof(row));
        var seenErrors = sampledErrors ?? (added.Errors > 0 ? sampled * (added.Errors / added.Views) : 0);
        var counts = added with { ErrorSquares = Squares(added.Errors, seenErrors) };
        cells.AddRange(row);
        kindOf.Add(KindOfCounts(counts));
        Total += counts;
        squares += counts.ErrorSquares + Squares(added.Views - added.Errors, sampled - seenErrors);
    }

    public SliceCounts Counts(int row) => kinds[kindOf[row]];

    public int Cell(int row, int dimension) => cells[(row * dimensions.Count) + dimension];

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

    private sealed class Values
    {
        /// <summary>Few dimensions have more values.</summary>
        private const int Usual = 32;

        private readonly Dictionary<string, int> numbers = new(Usual);

        public List<string> Texts { get; } = new(Usual) { "" };

        public List<double> Factors { get; } = new(Usual) { 1 };

        public int Number(string value)
        {
            if (!numbers.TryGetValue(value, out var number))
            {
                numbers.Add(value, number = Texts.Count);
                Texts.Add(value);
                Factors.Add(1);
            }

            return number;
        }
    }
}
