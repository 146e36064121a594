namespace Rx.Alerting.Core.Explanations;

/// <summary>Views and errors of a slice: in the interval that is to be explained, and before it.</summary>
/// <param name="Views">In the interval.</param>
/// <param name="Errors">Those of them that failed with the error type.</param>
/// <param name="ViewsBefore">What was normal.</param>
/// <param name="ErrorsBefore">Those of them that failed with the error type.</param>
public readonly record struct SliceCounts(double Views, double Errors, double ViewsBefore, double ErrorsBefore)
{
    /// <summary>
    /// The squares of how many failed views each failed view stands for that was looked at, added up. 0: as many as there are errors.
    /// </summary>
    internal double ErrorSquares { get; init; }

    /// <summary>
    /// So many failed views would say as much if each was looked at: L. Kish's effective sample size (Survey Sampling, 1965). It is never
    /// more than were looked at.
    /// </summary>
    internal double SeenErrors => ErrorSquares > 0 ? Errors * Errors / ErrorSquares : Errors;

    public static SliceCounts operator +(in SliceCounts a, in SliceCounts b) =>
        new(a.Views + b.Views, a.Errors + b.Errors, a.ViewsBefore + b.ViewsBefore, a.ErrorsBefore + b.ErrorsBefore)
        {
            ErrorSquares = a.ErrorSquares + b.ErrorSquares,
        };

    public static SliceCounts operator *(in SliceCounts a, double times) =>
        new(a.Views * times, a.Errors * times, a.ViewsBefore * times, a.ErrorsBefore * times)
        {
            ErrorSquares = a.ErrorSquares * times,
        };

    /// <summary>An order, by errors first.</summary>
    internal int CompareTo(in SliceCounts other) => (Errors, ErrorSquares, Views, ErrorsBefore, ViewsBefore)
        .CompareTo((other.Errors, other.ErrorSquares, other.Views, other.ErrorsBefore, other.ViewsBefore));
}
