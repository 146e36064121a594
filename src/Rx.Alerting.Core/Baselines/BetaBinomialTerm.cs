namespace Rx.Alerting.Core.Baselines;

/// <summary>The logarithm of the probability of exactly k errors among n views, if the error rate is Beta distributed.</summary>
/// <remarks>
/// <list type="number">
/// <item>With c(j; a) = Γ(a + j) / (Γ(a) j!), the beta-binomial (J. G. Skellam, J. R. Stat. Soc. B 10, 1948) is
/// c(k; a) c(n − k; b) / c(n; a + b).</item>
/// <item>The factors are multiplied by powers that cancel. Each factor then is a negative binomial probability near its own mean, so no
/// large numbers are subtracted from one another.</item>
/// <item>Each factor is computed by Stirling's formula and a deviance, as C. Loader does for the binomial (Fast and Accurate Computation of
/// Binomial Probabilities, 2000).</item>
/// </list>
/// Only a/(a + b), b/(a + b) and 1/(a + b) occur. At 1/(a + b) = 0 the distribution is the binomial.
/// </remarks>
internal static class BetaBinomialTerm
{
    /// <summary>
    /// ln P(K = k), for 0 ≤ k ≤ n, n ≥ 1 and a mean strictly between 0 and 1. Absolute error about 1e-13 down to −700.
    /// </summary>
    public static double Log(long k, long n, in BetaRate rate) =>
        LogNegativeBinomial(k, rate.Mean, rate.Spread, n)
        + LogNegativeBinomial(n - k, rate.Complement, rate.Spread, n)
        - LogNegativeBinomial(n, 1, rate.Spread, n);

    /// <summary>ln of c(j; a) s^a (1 − s)^j, where a = weight/spread, and s is such that the mean is weight · n.</summary>
    private static double LogNegativeBinomial(long j, double weight, double spread, long n)
    {
        var scale = 1 + (n * spread);
        if (j == 0)
            return -weight * n * (scale == 1 ? 1 : Math.Log(scale) / (scale - 1));

        var a = weight / spread;
        var grown = weight + (j * spread);
        var below = ((weight * n) - j) / scale;
        return (0.5 * Math.Log(weight / (2 * Math.PI * j * grown)))
            + Stirling.Correction(a + j) - Stirling.Correction(a) - Stirling.Correction(j)
            - Deviance(a, below, below * spread / weight, grown / (weight * scale))
            - Deviance(j, -below, -below / j, n * grown / (j * scale));
    }

    /// <summary>x ln(x/m) + m − x. x may be infinite.</summary>
    /// <param name="x">x.</param>
    /// <param name="difference">x − m.</param>
    /// <param name="relative">(x − m)/x.</param>
    /// <param name="ratio">m/x.</param>
    private static double Deviance(double x, double difference, double relative, double ratio)
    {
        if (Math.Abs(relative) > 0.1)
            return (-x * Math.Log(ratio)) - difference;

        // ln(x/m) = 2 artanh v. This series avoids the cancellation that the definition has near x = m.
        var v = relative / (2 - relative);
        var s = v * v;
        var series = s * ((1.0 / 3) + (s * ((1.0 / 5) + (s * ((1.0 / 7) + (s * ((1.0 / 9) + (s * ((1.0 / 11) + (s / 13))))))))));
        return difference * (v + ((1 + v) * series));
    }
}
