using Rx.Alerting.Core.Explanations;

namespace Rx.Alerting.Service.Explain;

/// <summary>Makes the table that a ranking looks at.</summary>
/// <remarks>
/// Where views were thinned, the rows are weighted so that their sums are the exact numbers of views and failures, in the interval and
/// before it.
/// </remarks>
internal static class IntervalTable
{
    public static SliceTable Of(IntervalCounts counts, SliceColumns all)
    {
        var rows = Reduce(counts, all.Count);
        int[] columns = [.. Enumerable.Range(0, all.Count).Where(column => IsDivided(rows, column))];
        var table = new NamedSliceTable([.. columns.Select(all.NameOf)]);
        var sums = new long[4];
        foreach (var row in rows)
        {
            for (var i = 0; i < sums.Length; i++)
                sums[i] += row.Counts[i];
        }

        long[] exact =
            [counts.Errors, counts.Views - counts.Errors, counts.ErrorsBefore, counts.ViewsBefore - counts.ErrorsBefore];
        double[] weights = [.. sums.Select((sum, i) => sum == 0 ? 0 : (double)exact[i] / sum)];
        var cells = new int[columns.Length];
        foreach (var row in rows)
        {
            for (var i = 0; i < cells.Length; i++)
            {
                var value = row.Values[columns[i]];
                cells[i] = value == 0 ? 0 : table.Value(i, counts.Failed.Text(value));
            }

            var (failed, succeeded) = (row.Counts[0] * weights[0], row.Counts[1] * weights[1]);
            var (failedBefore, succeededBefore) = (row.Counts[2] * weights[2], row.Counts[3] * weights[3]);
            table.Add(
                cells,
                new(failed + succeeded, failed, failedBefore + succeededBefore, failedBefore),
                row.Counts[0] + row.Counts[1],
                row.Counts[0]);
        }

        return table;
    }

    /// <summary>
    /// The text for people of every title, by its key. If a title has several texts, it is the first of them in the order of the alphabet.
    /// </summary>
    public static Dictionary<string, string> TitleTexts(ViewSketch failed, SliceColumns columns)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var row in failed.Rows.Where(row => row.Values[columns.TitleText] != 0))
        {
            var (title, text) = (failed.Text(row.Values[SliceColumns.Title]), failed.Text(row.Values[columns.TitleText]));
            if (!texts.TryGetValue(title, out var known) || string.CompareOrdinal(text, known) < 0)
                texts[title] = text;
        }

        return texts;
    }

    /// <summary>Adds up the rows that differ only in values that are not nameable. Their order is that of their hashes.</summary>
    private static List<TableRow> Reduce(IntervalCounts counts, int columns)
    {
        var nameable = NameableValues.Of(counts.Failed, columns);
        var rows = new SortedDictionary<ulong, TableRow>();
        var failed = counts.Failed.Rows.Select(row => (row, true));
        foreach (var (row, isFailed) in failed.Concat(counts.Succeeded.Rows.Select(row => (row, false))))
        {
            var values = row.Values[..columns];
            nameable.Reduce(values);
            var hash = ViewSketch.HashOf(values);
            if (!rows.TryGetValue(hash, out var reduced))
                rows.Add(hash, reduced = new(values, new long[4]));
            reduced.Counts[isFailed ? 0 : 1] += row.Inside;
            reduced.Counts[isFailed ? 2 : 3] += row.Before;
        }

        return [.. rows.Values];
    }

    /// <summary>Whether a column tells views apart. What all views share is no slice.</summary>
    private static bool IsDivided(List<TableRow> rows, int column) =>
        rows.Exists(row => row.Values[column] != 0) && rows.Exists(row => row.Values[column] != rows[0].Values[column]);

    /// <param name="Values">Hashes by column.</param>
    /// <param name="Counts">In the interval failed and succeeded, before it failed and succeeded.</param>
    private sealed record TableRow(ulong[] Values, long[] Counts);
}
