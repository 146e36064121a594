using Rx.Alerting.Core.Explanations;
using Rx.Alerting.Testing;

namespace Rx.Alerting.Core.Tests.Explanations;

/// <summary>The search finds what looking at every slice finds.</summary>
public sealed class SliceSearchTests
{
    private const double Normal = 0.02;

    private const int Dimensions = 5;

    private static readonly string[] Names = [.. Enumerable.Range(0, Dimensions).Select(dimension => $"d{dimension}")];

    /// <summary>Single views of some values, of which those of a planted slice fail; all else is chance.</summary>
    private static SliceTable Table(ulong seed)
    {
        var random = new SplitMix(seed);
        var table = new NamedSliceTable(Names, isSampled: seed % 2 == 0);
        int[] planted = [.. Enumerable.Range(0, Dimensions).Select(_ => random.Next(3) == 0 ? 1 + random.Next(3) : -1)];
        for (var i = 0; i < 600; i++)
        {
            int[] row = [.. Enumerable.Range(0, Dimensions).Select(d => random.Next(4) is > 0 and var v ? table.Value(d, $"v{v}") : 0)];
            var isPlanted = Enumerable.Range(0, Dimensions)
                .All(d => planted[d] < 0 || (row[d] > 0 && table.Text(d, row[d]) == $"v{planted[d]}"));
            var failed = random.NextDouble() < (isPlanted ? 0.5 : 0.05);
            double weight = failed ? 1 << (random.Next(2) * (int)(seed % 3)) : 8;
            if (random.Next(3) == 0)
                table.Add(row, new(0, 0, weight, failed ? weight : 0), 0);
            else
                table.Add(row, new(weight, failed ? weight : 0, 0, 0), 1);
        }

        for (var dimension = 0; dimension < Dimensions; dimension++)
        {
            for (var value = 1; value < table.ValueCount(dimension); value++)
                table.SetFactor(dimension, value, 0.5 + (2 * random.NextDouble()));
        }

        return table;
    }

    /// <summary>Every slice that has errors enough, counted row by row.</summary>
    private static IEnumerable<Slice> Recount(SliceTable table, SliceScore score, (int Dimension, int Value)[] parts)
    {
        for (var dimension = parts.Length == 0 ? 0 : parts[^1].Dimension + 1; dimension < Dimensions; dimension++)
        {
            for (var value = 1; value < table.ValueCount(dimension); value++)
            {
                (int Dimension, int Value)[] longer = [.. parts, (dimension, value)];
                var counts = Enumerable.Range(0, table.RowCount)
                    .Where(row => longer.All(part => table.Cell(row, part.Dimension) == part.Value))
                    .Aggregate(default(SliceCounts), (sum, row) => sum + table.Counts(row));
                if (counts.Errors < Math.Max(2, 0.05 * table.Total.Errors))
                    continue;
                var expected = score.ExpectedOf(counts, Math.Max(1, longer.Max(part => table.Factor(part.Dimension, part.Value))));
                var slice = new Slice(longer, counts, expected, score.Of(counts, expected, longer.Length));
                if (slice.Score > 0)
                    yield return slice;
                foreach (var further in longer.Length < SliceSearch.MaximumSize ? Recount(table, score, longer) : [])
                    yield return further;
            }
        }
    }

    private static string Text(Slice slice) => string.Join(' ', slice.Parts) + $" {slice.Counts} {slice.Expected:r} {slice.Score:r}";

    [Fact]
    public void Find_AnyTable_HasTheBestSlicesOfAll()
    {
        for (var seed = 1UL; seed <= 60; seed++)
        {
            var table = Table(seed);
            var score = new SliceScore(table, Normal);
            var all = Recount(table, score, []).ToList();
            var best = all.Select(slice => slice.Score).DefaultIfEmpty().Max();
            var told = all.GroupBy(slice => slice.Counts, slice => slice.Score)
                .Select(same => same.Max()).OrderDescending().ElementAtOrDefault(SliceRanking.Told - 1);
            var expected = all.Where(slice => slice.Size == 1 || slice.Score >= Math.Max(0.3 * best, told));

            var found = SliceSearch.Find(table, score);

            Assert.Equal(expected.Select(Text).Order(), found.Select(Text).Order());
        }
    }
}
