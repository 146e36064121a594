using System.Numerics;

namespace Rx.Alerting.Core.Explanations;

/// <summary>The values that have a part of a table's errors, and for each of them the rows that have it, as bits.</summary>
/// <remarks>
/// The rows of a slice are the bits that its values have in common. Rows with the same counts lie together and begin with a word of 64
/// bits, so the counts of a slice are a sum over kinds of rows, times the number of bits. Kinds with errors come first: these alone say
/// whether a slice has errors enough.
/// </remarks>
internal sealed class ValueRows
{
    private readonly Kind[] kinds;
    private readonly int kindsWithErrors;
    private readonly ulong[] bits;
    private readonly List<(int Dimension, int Value)> values = [];

    /// <param name="table">The rows.</param>
    /// <param name="fewestErrors">Values with fewer errors are left out.</param>
    public ValueRows(SliceTable table, double fewestErrors)
    {
        kinds = InOrder(table, out var places);
        kindsWithErrors = Array.FindLastIndex(kinds, kind => kind.Counts.Errors > 0) + 1;
        Words = kinds.Length == 0 ? 0 : kinds[^1].End;
        var starts = new int[table.Dimensions.Count];
        for (var dimension = 1; dimension < starts.Length; dimension++)
            starts[dimension] = starts[dimension - 1] + table.ValueCount(dimension - 1);
        var numbers = Number(table, starts, fewestErrors);
        bits = new ulong[values.Count * Words];
        for (int row = 0, cell = 0; row < table.RowCount; row++)
        {
            var place = places[table.KindOf[row]]++;
            foreach (var start in starts)
            {
                var number = numbers[start + table.Cells[cell++]];
                if (number >= 0)
                    bits[(number * Words) + (place >> 6)] |= 1UL << place;
            }
        }
    }

    /// <summary>Length of the bits of all rows.</summary>
    public int Words { get; }

    public int Count => values.Count;

    public (int Dimension, int Value) this[int number] => values[number];

    public ReadOnlySpan<ulong> Rows(int number) => bits.AsSpan(number * Words, Words);

    /// <summary>Counts of the rows with errors.</summary>
    public SliceCounts WithErrors(ReadOnlySpan<ulong> of, ReadOnlySpan<ulong> and) => Sum(0, kindsWithErrors, of, and);

    /// <summary>Counts of the rows without errors.</summary>
    public SliceCounts WithoutErrors(ReadOnlySpan<ulong> of, ReadOnlySpan<ulong> and) => Sum(kindsWithErrors, kinds.Length, of, and);

    private SliceCounts Sum(int first, int end, ReadOnlySpan<ulong> of, ReadOnlySpan<ulong> and)
    {
        var sum = default(SliceCounts);
        var word = first == 0 ? 0 : kinds[first - 1].End;
        foreach (ref readonly var kind in kinds.AsSpan(first..end))
        {
            var rows = 0;
            for (; word < kind.End; word++)
                rows += BitOperations.PopCount(of[word] & and[word]);
            if (rows > 0)
                sum += kind.Counts * rows;
        }

        return sum;
    }

    /// <summary>The kinds of rows in a fixed order.</summary>
    /// <param name="table">The rows.</param>
    /// <param name="places">Of each kind in the table's order: the bit of its first row.</param>
    private static Kind[] InOrder(SliceTable table, out int[] places)
    {
        var of = table.Kinds;
        var (order, rows) = (new int[of.Length], new int[of.Length]);
        foreach (var kind in table.KindOf)
            rows[kind]++;
        for (var kind = 0; kind < order.Length; kind++)
            order[kind] = kind;
        of.ToArray().AsSpan().Sort(order.AsSpan(), (a, b) => b.CompareTo(a));
        places = new int[of.Length];
        var (kinds, word) = (new Kind[of.Length], 0);
        for (var i = 0; i < kinds.Length; i++)
        {
            places[order[i]] = word << 6;
            word += (rows[order[i]] + 63) >> 6;
            kinds[i] = new(of[order[i]], word);
        }

        return kinds;
    }

    /// <summary>Numbers the values with errors enough.</summary>
    /// <returns>The number of each value of each dimension; -1: it is left out.</returns>
    private int[] Number(SliceTable table, int[] starts, double fewestErrors)
    {
        var errors = new double[starts.Length == 0 ? 0 : starts[^1] + table.ValueCount(starts.Length - 1)];
        for (var row = 0; row < table.RowCount; row++)
        {
            var added = table.Kinds[table.KindOf[row]].Errors;
            if (added == 0)
                continue;
            var cells = table.Cells.Slice(row * starts.Length, starts.Length);
            for (var dimension = 0; dimension < starts.Length; dimension++)
                errors[starts[dimension] + cells[dimension]] += added;
        }

        var numbers = new int[errors.Length];
        Array.Fill(numbers, -1);
        for (var dimension = 0; dimension < starts.Length; dimension++)
        {
            for (var value = 1; value < table.ValueCount(dimension); value++)
            {
                if (errors[starts[dimension] + value] < fewestErrors)
                    continue;
                numbers[starts[dimension] + value] = values.Count;
                values.Add((dimension, value));
            }
        }

        return numbers;
    }

    /// <param name="Counts">Of a row.</param>
    /// <param name="End">The word behind its rows.</param>
    private readonly record struct Kind(SliceCounts Counts, int End);
}
