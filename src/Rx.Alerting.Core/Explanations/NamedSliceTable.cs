namespace Rx.Alerting.Core.Explanations;

/// <summary>A table whose values are given by their texts.</summary>
/// <inheritdoc cref="SliceTable"/>
public sealed class NamedSliceTable(IReadOnlyList<string> dimensions, bool isSampled = false)
    : SliceTable(dimensions, isSampled, capacity: 0)
{
    private readonly Values[] values = [.. dimensions.Select(_ => new Values())];

    /// <summary>The number of a value, from 1 on; 0 stands for a view that does not say.</summary>
    public int Value(int dimension, string? value) => string.IsNullOrEmpty(value) ? 0 : values[dimension].Number(value);

    public override string Text(int dimension, int value) => values[dimension].Texts[value];

    public override int ValueCount(int dimension) => values[dimension].Texts.Count;

    /// <summary>Says that a value is always worse, or better, than the rest.</summary>
    /// <param name="dimension">Index of the dimension.</param>
    /// <param name="value">Its value.</param>
    /// <param name="factor">How many times the normal rate of all views is normal for the value.</param>
    public void SetFactor(int dimension, int value, double factor) => values[dimension].Factors[value] = factor;

    /// <inheritdoc/>
    /// <returns>1 unless said otherwise.</returns>
    public override double Factor(int dimension, int value) => values[dimension].Factors[value];

    /// <summary>Adds views of the same values.</summary>
    /// <param name="row">A value for each dimension.</param>
    /// <param name="added">As in <see cref="SliceTable.AddRow"/>, as the rest.</param>
    /// <param name="sampled">How many of the interval's were looked at.</param>
    /// <param name="sampledErrors">How many of these are errors; null: the same part as of all.</param>
    public void Add(ReadOnlySpan<int> row, in SliceCounts added, long sampled, long? sampledErrors = null)
    {
        if (row.Length != Dimensions.Count)
            throw new ArgumentException($"The row has {row.Length} values for {Dimensions.Count} dimensions.", nameof(row));
        row.CopyTo(AddRow(added, sampled, sampledErrors));
    }

    private sealed class Values
    {
        private readonly Dictionary<string, int> numbers = [];

        public List<string> Texts { get; } = [""];

        public List<double> Factors { get; } = [1];

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
