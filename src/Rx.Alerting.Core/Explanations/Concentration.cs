namespace Rx.Alerting.Core.Explanations;

/// <summary>Whether the excess is in one slice, and not everywhere.</summary>
/// <remarks>
/// If all views are affected alike, a slice has the part q of the errors that it has of the expected ones. What a slice has beyond that is
/// measured by the likelihood ratio of two binomial distributions, <c>K KL(k/K, q)</c>. Where views are sampled, q is not certain. Then
/// its upper end is taken. Where failures are sampled, K counts those that were looked at.
/// </remarks>
internal static class Concentration
{
    /// <summary>A slice is named only if it has at least this share of the excess.</summary>
    private const double LeastShare = 0.5;

    /// <summary>The slice's lift is at least so many times that of the rest.</summary>
    private const double LeastContrast = 2;

    /// <summary>The logarithm of the likelihood ratio. Some thousand slices are compared, and there are many incidents.</summary>
    private const double LeastEvidence = 10;

    private const double StandardDeviations = 2;

    public static bool StandsOut(in Slice slice, SliceTable table, SliceScore score)
    {
        var (all, errors) = (table.Total.Errors, slice.Counts.Errors);
        if (score.Excess <= 0 || score.ShareOf(slice.Excess) < LeastShare)
            return false;
        var expectedOfRest = Math.Max(score.Expected - slice.Expected, 0);
        var seen = table.Total.SeenErrors;
        var half = 0.5 * all / seen; // Of a failure that was looked at: the rest may have been missed.
        var contrast = errors / slice.Expected * (expectedOfRest + half) / (all - errors + half);
        var part = Math.Min(1, slice.Expected / (slice.Expected + expectedOfRest));
        var uncertain = Math.Min(1, part + (StandardDeviations * Math.Sqrt(part * (1 - part) / Math.Max(1, table.SeenViews))));
        return contrast >= LeastContrast && seen * Divergence(errors / all, uncertain) >= LeastEvidence;
    }

    /// <summary>The Kullback–Leibler divergence of two Bernoulli distributions; 0 if the first is not the larger.</summary>
    private static double Divergence(double p, double q)
    {
        if (p <= q)
            return 0;
        return (p * Math.Log(p / q)) + (p < 1 ? (1 - p) * Math.Log((1 - p) / (1 - q)) : 0);
    }
}
