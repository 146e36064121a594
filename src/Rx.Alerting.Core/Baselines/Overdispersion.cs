namespace Rx.Alerting.Core.Baselines;

/// <summary>How much more error counts vary from window to window than they would if views were independent.</summary>
/// <remarks>
/// Method of moments for the intra-class correlation: J. C. Kleinman, Proportions with Extraneous Variance, J. Am. Stat.
/// Assoc. 68 (1973); D. A. Williams, Extra-Binomial Variation in Logistic Linear Models, Appl. Statist. 31 (1982).
/// </remarks>
internal static class Overdispersion
{
    /// <summary>The estimate of ρ by one window: ((k − n p)²/(n p q) − 1)/(n − 1).</summary>
    /// <remarks>
    /// The estimate is at least −1/(n − 1), and may be more than 1. Its mean over windows is ρ, so average first, then clip the
    /// average. The estimate is 0 if the window tells nothing: fewer than two views, or p of 0 or 1.
    /// </remarks>
    /// <param name="k">Number of errors.</param>
    /// <param name="n">Number of views.</param>
    /// <param name="p">Expected error rate of the window, 0–1.</param>
    public static double Moment(long k, long n, double p)
    {
        var variance = n * p * (1 - p);
        if (n < 2 || !(variance > 0))
            return 0;

        var excess = k - (n * p);
        return ((excess * excess / variance) - 1) / (n - 1);
    }
}
