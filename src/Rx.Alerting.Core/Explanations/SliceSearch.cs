namespace Rx.Alerting.Core.Explanations;

/// <summary>Finds all slices of up to three dimensions that have a part of the errors.</summary>
/// <remarks>
/// Depth first: the rows of a slice are grouped by each further dimension. A slice with too few errors has no part with more, so it is not
/// looked into (Apriori). The order of rows leaves no trace: counts are whole numbers.
/// </remarks>
internal sealed class SliceSearch
{
    /// <summary>The most dimensions of a slice.</summary>
    public const int MaximumSize = 3;

    /// <summary>A slice with a smaller part of the errors is not looked at.</summary>
    private const double LeastPart = 0.05;

    /// <summary>A combination with a smaller part of the best score is not kept.</summary>
    private const double LeastOfBest = 0.3;

    private readonly SliceTable table;
    private readonly SliceScore score;
    private readonly double fewestErrors;
    private double best;
    private readonly List<(int Dimension, int Value)> parts = [];
    private readonly List<Slice> found = [];
    private readonly Grouping[] groupings = [.. Enumerable.Range(0, MaximumSize).Select(_ => new Grouping())];

    private SliceSearch(SliceTable table, SliceScore score)
    {
        (this.table, this.score) = (table, score);
        fewestErrors = Math.Max(2, LeastPart * table.Total.Errors);
    }

    /// <summary>The slices that explain something, in no order. Combinations far behind the best are left out.</summary>
    public static List<Slice> Find(SliceTable table, SliceScore score)
    {
        var search = new SliceSearch(table, score);
        var rows = new int[table.RowCount];
        for (var row = 0; row < rows.Length; row++)
            rows[row] = row;
        search.Divide(rows, 0, 1);
        return search.found;
    }

    /// <summary>Divides rows, all of the slice of <see cref="parts"/>, by each dimension from a first one on.</summary>
    private void Divide(ReadOnlySpan<int> rows, int first, double factor)
    {
        var grouping = groupings[parts.Count];
        for (var dimension = first; dimension < table.Dimensions.Count; dimension++)
        {
            if (table.ValueCount(dimension) == 1)
                continue; // No view says.
            grouping.Group(table, rows, dimension);
            for (var value = 1; value < table.ValueCount(dimension); value++)
            {
                var counts = grouping.Counts(value);
                if (counts.Errors < fewestErrors)
                    continue;
                var worst = Math.Max(factor, table.Factor(dimension, value));
                parts.Add((dimension, value));
                Judge(counts, worst);
                if (parts.Count < MaximumSize)
                    Divide(grouping.Rows(value), dimension + 1, worst);
                parts.RemoveAt(parts.Count - 1);
            }
        }
    }

    private void Judge(in SliceCounts counts, double factor)
    {
        var least = LeastOfBest * best;
        if (parts.Count > 1 && score.AtMost(counts, factor, parts.Count) < least)
            return;
        var expected = score.ExpectedOf(counts, factor);
        var points = score.Of(counts.Errors, expected, parts.Count);
        if (points <= 0 || (parts.Count > 1 && points < least))
            return;
        best = Math.Max(best, points);
        found.Add(new([.. parts], counts, expected, points));
    }

    /// <summary>Rows by the values of one dimension.</summary>
    private sealed class Grouping
    {
        private int[] rows = [];
        private int[] ends = [];
        private SliceCounts[] counts = [];

        public void Group(SliceTable table, ReadOnlySpan<int> all, int dimension)
        {
            var values = table.ValueCount(dimension);
            if (rows.Length < all.Length)
                rows = new int[all.Length];
            if (ends.Length < values)
                (ends, counts) = (new int[values], new SliceCounts[values]);
            ends.AsSpan(0, values).Clear();
            counts.AsSpan(0, values).Clear();
            foreach (var row in all)
            {
                var value = table.Cell(row, dimension);
                ends[value]++;
                counts[value] += table.Counts(row);
            }

            for (int value = 0, start = 0; value < values; value++)
                (ends[value], start) = (start, start + ends[value]);
            foreach (var row in all)
                rows[ends[table.Cell(row, dimension)]++] = row;
        }

        public SliceCounts Counts(int value) => counts[value];

        public ReadOnlySpan<int> Rows(int value)
        {
            var start = value == 0 ? 0 : ends[value - 1];
            return rows.AsSpan(start, ends[value] - start);
        }
    }
}
