namespace Rx.Alerting.Core.Baselines;

/// <summary>How surprising k errors among n views are, if the error rate is Beta distributed.</summary>
/// <remarks>
/// A tail is its first term times a sum of ratios of neighbouring terms (J. G. Skellam, J. R. Stat. Soc. B 10, 1948). The sum is added up
/// until a bound on its rest is negligible. The functions are pure, and allocate nothing. Their relative error is about 1e-12 for n up to
/// 100,000.
/// </remarks>
internal static class BetaBinomial
{
    private const double Negligible = 1e-16;

    /// <summary>P(K ≥ k), 0–1. 0 if the probability is less than the smallest double.</summary>
    /// <param name="k">Number of errors.</param>
    /// <param name="n">Number of views.</param>
    /// <param name="a">Pseudo-count of errors, ≥ 0.</param>
    /// <param name="b">Pseudo-count of successes, ≥ 0. The pseudo-counts must not both be zero.</param>
    public static double UpperTail(long k, long n, double a, double b) => UpperTail(k, n, BetaRate.FromCounts(a, b));

    /// <inheritdoc cref="UpperTail(long, long, double, double)"/>
    public static double UpperTail(long k, long n, in BetaRate rate)
    {
        if (Certain(k, n, rate) is { } certain)
            return certain;

        // Below the mean, the sum on the other side is shorter. The tail is large there, so subtracting loses no precision.
        return k <= n * rate.Mean
            ? Math.Max(0, 1 - FromFirstTerm(n - k + 1, n, rate.Mirrored))
            : Math.Min(1, FromFirstTerm(k, n, rate));
    }

    /// <summary>
    /// ln P(K ≥ k); −∞ if impossible. Exact where <see cref="UpperTail(long, long, in BetaRate)"/> underflows, too.
    /// </summary>
    public static double LogUpperTail(long k, long n, in BetaRate rate)
    {
        if (k <= n * rate.Mean || Certain(k, n, rate).HasValue)
            return Math.Log(UpperTail(k, n, rate));

        return Math.Min(0, BetaBinomialTerm.Log(k, n, rate) + Math.Log(Sum(k, n, rate, double.PositiveInfinity)));
    }

    /// <summary>Whether P(K ≥ k) ≤ <paramref name="probability"/>. Stops early if the tail is larger.</summary>
    public static bool TailAtMost(long k, long n, double a, double b, double probability) =>
        TailAtMost(k, n, BetaRate.FromCounts(a, b), probability);

    /// <inheritdoc cref="TailAtMost(long, long, double, double, double)"/>
    public static bool TailAtMost(long k, long n, in BetaRate rate, double probability)
    {
        if (k <= n * rate.Mean || Certain(k, n, rate).HasValue)
            return UpperTail(k, n, rate) <= probability;

        var limit = Math.Exp(Math.Log(probability) - BetaBinomialTerm.Log(k, n, rate));
        return limit >= 1 && Sum(k, n, rate, limit) <= limit;
    }

    /// <summary>The smallest number of errors with a tail of at most <paramref name="probability"/>; n + 1 if there is none.</summary>
    /// <param name="n">Number of views.</param>
    /// <param name="p">Expected error rate, 0–1.</param>
    /// <param name="rho">Overdispersion, 0 to below 1.</param>
    /// <param name="probability">Tail probability of an anomaly, 0–1.</param>
    public static long SmallestAnomaly(long n, double p, double rho, double probability) =>
        SmallestAnomaly(n, BetaRate.FromOverdispersion(p, rho), probability);

    /// <inheritdoc cref="SmallestAnomaly(long, double, double, double)"/>
    public static long SmallestAnomaly(long n, in BetaRate rate, double probability)
    {
        if (probability >= 1)
            return 0;

        // The tail of 0 errors is always too large, and the tail of n + 1 errors is always small enough. So search between them. The first
        // guess is five deviations above the mean.
        long ordinary = 0, anomalous = n + 1;
        var deviation = Math.Sqrt(rate.VarianceOfErrors(n));
        var step = Math.Max(1, (long)deviation);
        var guess = (long)((n * rate.Mean) + (5 * deviation));
        while (anomalous - ordinary > 1)
        {
            var k = Math.Clamp(guess, ordinary + 1, anomalous - 1);
            if (TailAtMost(k, n, rate, probability))
                anomalous = k;
            else
                ordinary = k;

            var bounded = ordinary > 0 && anomalous <= n;
            guess = bounded ? ordinary + ((anomalous - ordinary) / 2) : ordinary > 0 ? ordinary + step : anomalous - step;
            step *= 2;
        }

        return anomalous;
    }

    private static double? Certain(long k, long n, in BetaRate rate)
    {
        if (k <= 0)
            return 1;
        if (k > n || rate.Mean <= 0)
            return 0;
        return rate.Complement <= 0 ? 1 : null;
    }

    private static double FromFirstTerm(long k, long n, in BetaRate rate)
    {
        var sum = Sum(k, n, rate, double.PositiveInfinity);
        return Math.Exp(BetaBinomialTerm.Log(k, n, rate) + Math.Log(sum));
    }

    /// <summary>
    /// P(K ≥ k) / P(K = k), for 1 ≤ k ≤ n. Stops early once the sum is certain to end above or below <paramref name="limit"/>, with a
    /// value on that side of the limit.
    /// </summary>
    private static double Sum(long k, long n, in BetaRate rate, double limit)
    {
        double p = rate.Mean, q = rate.Complement, spread = rate.Spread;

        // Both factors of the ratio are monotone in j. So the larger of a factor's values at j and at the end is a bound.
        double lastRise = (p + ((n - 1) * spread)) / n, lastFall = 1 / q;
        double sum = 1, term = 1;
        for (var j = k; j < n; j++)
        {
            var rise = (p + (j * spread)) / (j + 1);
            var fall = (n - j) / (q + ((n - j - 1) * spread));
            var bound = Math.Max(rise, lastRise) * Math.Max(fall, lastFall);
            if (bound < 1)
            {
                var rest = term * bound / (1 - bound);
                if (rest <= sum * Negligible || sum + rest <= limit && limit < double.PositiveInfinity)
                    return sum;
            }

            term *= rise * fall;
            sum += term;
            if (sum > limit)
                return sum;
        }

        return sum;
    }
}
