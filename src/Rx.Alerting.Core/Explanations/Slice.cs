namespace Rx.Alerting.Core.Explanations;

/// <summary>A slice with what it explains.</summary>
/// <param name="Parts">Dimensions and their values, in the table's order.</param>
/// <param name="Counts">Of the slice's views.</param>
/// <param name="Expected">Errors that would be normal for the slice's views in the interval.</param>
/// <param name="Score">How well it explains the excess.</param>
internal readonly record struct Slice(IReadOnlyList<(int Dimension, int Value)> Parts, SliceCounts Counts, double Expected, double Score)
{
    public double Excess => Counts.Errors - Expected;

    public int Size => Parts.Count;

    /// <summary>Whether both are about the same dimensions.</summary>
    public bool IsSibling(Slice other) => Parts.Select(part => part.Dimension).SequenceEqual(other.Parts.Select(part => part.Dimension));
}
