namespace Rx.Alerting.Core.Baselines;

/// <summary>How much more error counts vary from window to window than independent views would.</summary>
/// <remarks>
/// Method of moments for the intra-class correlation: J. C. Kleinman, Proportions with Extraneous Variance, J. Am. Stat.
/// Assoc. 68 (1973); D. A. Williams, Extra-Binomial Variation in Logistic Linear Models, Appl. Statist. 31 (1982).
/// </remarks>
internal static class Overdispersion
{
    /// <summary>
    /// What one window says of ρ: ((k − n p)²/(n p q) − 1)/(n − 1), from −1/(n − 1); one window may say more than 1. Its
    /// mean over windows is ρ, so average first and clip the average. 0 where the window says nothing: fewer than two views, or p of 0 or 1.
    /// </summary>
    /// <param name="k">Errors.</param>
    /// <param name="n">Views.</param>
    /// <param name="p">Error rate expected of the window, 0–1.</param>
    public static double Moment(long k, long n, double p)
    {
        var variance = n * p * (1 - p);
        if (n < 2 || !(variance > 0))
            return 0;

        var excess = k - (n * p);
        return ((excess * excess / variance) - 1) / (n - 1);
    }
}
