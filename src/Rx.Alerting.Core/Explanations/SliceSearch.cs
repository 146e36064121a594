namespace Rx.Alerting.Core.Explanations;

/// <summary>Finds the slices of up to three dimensions that explain the errors best.</summary>
/// <remarks>
/// All single values are judged. Combinations follow depth first, those of the best values first. A combination is left out, with all that
/// it is a part of, if it has too few errors (Apriori), or if by its errors it cannot reach the slices that will be told. So what is found
/// does not depend on the order of the search, nor on that of the rows.
/// </remarks>
internal sealed class SliceSearch
{
    /// <summary>The most dimensions of a slice.</summary>
    public const int MaximumSize = 3;

    /// <summary>A slice with a smaller part of the errors is not looked at.</summary>
    private const double LeastPart = 0.05;

    /// <summary>A combination with a smaller part of the best score is not kept.</summary>
    private const double LeastOfBest = 0.3;

    /// <summary>Bounds are rounded otherwise than scores.</summary>
    private const double Rounding = 1e-9;

    private readonly SliceTable table;
    private readonly SliceScore score;
    private readonly double fewestErrors;
    private readonly ValueRows values;
    private readonly Single[] singles;
    private readonly BestScores best = new();
    private readonly List<Slice> found = [];
    private readonly int[] parts = new int[MaximumSize];
    private readonly ulong[] rowsOfPair;

    private SliceSearch(SliceTable table, SliceScore score)
    {
        (this.table, this.score) = (table, score);
        fewestErrors = Math.Max(2, LeastPart * table.Total.Errors);
        values = new ValueRows(table, fewestErrors);
        singles = new Single[values.Count];
        rowsOfPair = new ulong[values.Words];
    }

    /// <summary>A combination with a lower score is not kept.</summary>
    private double Least => Math.Max(LeastOfBest * best.First, best.Last);

    /// <summary>The slices that explain something, in no order: all single values, and the combinations that may be told.</summary>
    public static List<Slice> Find(SliceTable table, SliceScore score)
    {
        var search = new SliceSearch(table, score);
        search.JudgeSingles();
        for (var first = 0; first < search.singles.Length; first++)
        {
            search.parts[0] = first;
            var (number, counts, factor, _) = search.singles[first];
            if (search.MayReach(counts.Errors, counts.ViewsBefore, factor, 2))
                search.Combine(search.values.Rows(number), first + 1, 1, counts, factor);
        }

        search.found.RemoveAll(slice => slice.Size > 1 && slice.Score < search.Least);
        return search.found;
    }

    private void JudgeSingles()
    {
        for (var number = 0; number < singles.Length; number++)
        {
            var rows = values.Rows(number);
            var counts = values.WithErrors(rows, rows) + values.WithoutErrors(rows, rows);
            var (dimension, value) = values[number];
            singles[number] = new(number, counts, Math.Max(1, table.Factor(dimension, value)), 0);
            parts[0] = number;
            singles[number] = singles[number] with { Score = Judge(counts, singles[number].Factor, 1) };
        }

        Array.Sort(singles, (a, b) => b.Score.CompareTo(a.Score));
    }

    /// <summary>Combines a slice with each single value from one on.</summary>
    private void Combine(ReadOnlySpan<ulong> rows, int next, int size, in SliceCounts of, double factor)
    {
        for (; next < singles.Length; next++)
        {
            ref readonly var single = ref singles[next];
            if (HasDimension(single, size))
                continue;
            var with = values.Rows(single.Number);
            var counts = values.WithErrors(rows, with);
            var worst = Math.Max(factor, single.Factor);
            if (counts.Errors < fewestErrors
                || !MayReach(counts.Errors, Math.Min(of.ViewsBefore, single.Counts.ViewsBefore), worst, size + 1))
                continue;
            counts += values.WithoutErrors(rows, with);
            parts[size] = next;
            Judge(counts, worst, size + 1);
            if (size + 1 == MaximumSize || !MayReach(counts.Errors, counts.ViewsBefore, worst, size + 2))
                continue;
            for (var word = 0; word < rows.Length; word++)
                rowsOfPair[word] = rows[word] & with[word];
            Combine(rowsOfPair, next + 1, size + 1, counts, worst);
        }
    }

    private bool MayReach(double errors, double viewsBefore, double factor, int size) =>
        score.AtMost(errors, viewsBefore, factor, size) * (1 + Rounding) >= Least;

    private bool HasDimension(in Single single, int size)
    {
        var dimension = values[single.Number].Dimension;
        for (var part = 0; part < size; part++)
        {
            if (values[singles[parts[part]].Number].Dimension == dimension)
                return true;
        }

        return false;
    }

    /// <summary>Keeps the slice of <see cref="parts"/> if it may be told.</summary>
    /// <returns>Its score, or 0.</returns>
    private double Judge(in SliceCounts counts, double factor, int size)
    {
        if (size > 1 && score.AtMost(counts, factor, size) * (1 + Rounding) < Least)
            return 0;
        var expected = score.ExpectedOf(counts, factor);
        var points = score.Of(counts, expected, size);
        if (points <= 0 || (size > 1 && points < Least))
            return 0;
        best.Add(counts, points);
        found.Add(new(Parts(size), counts, expected, points));
        return points;
    }

    private (int Dimension, int Value)[] Parts(int size)
    {
        var sorted = new (int Dimension, int Value)[size];
        for (var part = 0; part < size; part++)
            sorted[part] = values[singles[parts[part]].Number];
        Array.Sort(sorted);
        return sorted;
    }

    /// <param name="Number">Of the value.</param>
    /// <param name="Counts">Of its views.</param>
    /// <param name="Factor">At least 1.</param>
    /// <param name="Score">As a slice of its own.</param>
    private readonly record struct Single(int Number, SliceCounts Counts, double Factor, double Score);
}
