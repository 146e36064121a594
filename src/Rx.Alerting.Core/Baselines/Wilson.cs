namespace Rx.Alerting.Core.Baselines;

/// <summary>How far a measured error rate can be trusted.</summary>
/// <remarks>E. B. Wilson, Probable Inference, the Law of Succession, and Statistical Inference, J. Am. Stat. Assoc. 22 (1927).</remarks>
internal static class Wilson
{
    /// <summary>The standard normal quantile of a two-sided confidence of 95 %.</summary>
    public const double Confidence95 = 1.959963984540054;

    /// <summary>The score interval of the rate behind an observation; 0–1, all of that without views.</summary>
    /// <param name="k">Errors.</param>
    /// <param name="n">Views.</param>
    /// <param name="z">Standard normal quantile of the confidence; default 95 %, two-sided.</param>
    public static (double Lower, double Upper) Interval(long k, long n, double z = Confidence95)
    {
        if (n <= 0)
            return (0, 1);

        var square = z * z;
        var centre = k + (square / 2);
        var half = z * Math.Sqrt(((double)k * (n - k) / n) + (square / 4));
        var weight = n + square;

        // At the ends one bound is exact, which rounding would miss.
        return (k <= 0 ? 0 : (centre - half) / weight, k >= n ? 1 : (centre + half) / weight);
    }
}
