namespace Rx.Alerting.Core.Explanations;

/// <summary>Views and errors of a slice: in the interval that is to be explained, and before it.</summary>
/// <param name="Views">In the interval.</param>
/// <param name="Errors">Those of them that failed with the error type.</param>
/// <param name="ViewsBefore">What was normal.</param>
/// <param name="ErrorsBefore">Those of them that failed with the error type.</param>
public readonly record struct SliceCounts(double Views, double Errors, double ViewsBefore, double ErrorsBefore)
{
    public static SliceCounts operator +(in SliceCounts a, in SliceCounts b) =>
        new(a.Views + b.Views, a.Errors + b.Errors, a.ViewsBefore + b.ViewsBefore, a.ErrorsBefore + b.ErrorsBefore);

    public static SliceCounts operator *(in SliceCounts a, double times) =>
        new(a.Views * times, a.Errors * times, a.ViewsBefore * times, a.ErrorsBefore * times);

    /// <summary>An order, by errors first.</summary>
    internal int CompareTo(in SliceCounts other) => (Errors, Views, ErrorsBefore, ViewsBefore)
        .CompareTo((other.Errors, other.Views, other.ErrorsBefore, other.ViewsBefore));
}
