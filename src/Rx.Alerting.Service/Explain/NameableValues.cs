namespace Rx.Alerting.Service.Explain;

/// <summary>The values that may be named: those of enough failed views of the interval. All others count as “other”.</summary>
/// <remarks>
/// A slice with less than 5 % of the failures is not looked at, nor is any combination with it. So a ranking without the other values is
/// the same, and a dimension has at most <c>1 / LeastPart</c> values, however many the views have.
/// </remarks>
/// <param name="columns">How many columns are counted.</param>
internal sealed class NameableValues(int columns)
{
    /// <summary>Less than a slice needs, because failed views may be thinned.</summary>
    private const double LeastPart = 0.02;

    private const long Fewest = 2;

    private readonly HashSet<ulong>[] values = [.. Enumerable.Range(0, columns).Select(_ => new HashSet<ulong>())];

    /// <param name="failures">Failed views.</param>
    /// <param name="columns">How many columns are counted.</param>
    public static NameableValues Of(ViewSketch failures, int columns)
    {
        var result = new NameableValues(columns);
        var fewest = Math.Max(Fewest, LeastPart * failures.Rows.Sum(row => row.Inside));
        for (var column = 0; column < columns; column++)
        {
            var counts = new Dictionary<ulong, long>();
            foreach (var row in failures.Rows.Where(row => row.Inside > 0 && row.Values[column] != 0))
                counts[row.Values[column]] = counts.GetValueOrDefault(row.Values[column]) + row.Inside;
            result.values[column].UnionWith(counts.Where(value => value.Value >= fewest).Select(value => value.Key));
        }

        return result;
    }

    /// <summary>Puts 0 in the place of the other values.</summary>
    public void Reduce(Span<ulong> row)
    {
        for (var column = 0; column < values.Length; column++)
        {
            if (row[column] != 0 && !values[column].Contains(row[column]))
                row[column] = 0;
        }
    }
}
