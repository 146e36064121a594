namespace Rx.Alerting.Core.Baselines;

/// <summary>
/// An error rate that is uncertain: Beta distributed. It has a mean and a spread, so that an exactly known rate is the ordinary limit, and
/// no special case.
/// </summary>
/// <param name="Mean">Expected error rate, 0–1.</param>
/// <param name="Complement">Expected success rate: one minus the mean. Kept apart because it may be tiny.</param>
/// <param name="Spread">One over the sum of the pseudo-counts. 0 for an exactly known rate, 1/2 for a uniform rate.</param>
internal readonly record struct BetaRate(double Mean, double Complement, double Spread)
{
    /// <summary>
    /// The rate after <paramref name="errors"/> and <paramref name="successes"/>, the parameters of the Beta distribution.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative or not a number, or both counts are zero.</exception>
    public static BetaRate FromCounts(double errors, double successes)
    {
        var total = errors + successes;
        if (!(errors >= 0 && successes >= 0 && total > 0 && double.IsFinite(total)))
        {
            throw new ArgumentOutOfRangeException(
                nameof(errors),
                FormattableString.Invariant($"Pseudo-counts {errors} and {successes} are no Beta distribution."));
        }

        return new BetaRate(errors / total, successes / total, 1 / total);
    }

    /// <summary>A rate with a known mean, whose views are correlated: a = p (1 − ρ)/ρ, b = (1 − p)(1 − ρ)/ρ.</summary>
    /// <param name="mean">Error rate p, 0–1.</param>
    /// <param name="overdispersion">Intra-class correlation ρ of two views of one window, from 0 (binomial) to below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its bounds.</exception>
    public static BetaRate FromOverdispersion(double mean, double overdispersion)
    {
        if (!(mean >= 0 && mean <= 1))
            throw new ArgumentOutOfRangeException(nameof(mean), mean, "An error rate is from 0 to 1.");
        if (!(overdispersion >= 0 && overdispersion < 1))
            throw new ArgumentOutOfRangeException(nameof(overdispersion), overdispersion, "An overdispersion is from 0 to below 1.");

        return new BetaRate(mean, 1 - mean, overdispersion / (1 - overdispersion));
    }

    /// <summary>This rate after further <paramref name="errors"/> and <paramref name="successes"/>. The spread must not be 0.</summary>
    public BetaRate Updated(double errors, double successes) =>
        FromCounts((Mean / Spread) + errors, (Complement / Spread) + successes);

    /// <summary>
    /// The rate of one window: this belief, widened by how much the rate wanders. The variance of a Beta distribution is m(1 − m)·r with
    /// r = 1/(a + b + 1). Independent spreads r₁ and r₂ combine to 1 − (1 − r₁)(1 − r₂).
    /// </summary>
    /// <param name="overdispersion">Intra-class correlation ρ of the views of one window, from 0 to below 1.</param>
    public BetaRate Widened(double overdispersion) => this with { Spread = ((1 + Spread) / (1 - overdispersion)) - 1 };

    /// <summary>A rate with another mean and the same spread.</summary>
    public BetaRate WithMean(double mean) => new(mean, 1 - mean, Spread);

    /// <summary>Variance of the number of errors among <paramref name="views"/>: n p q (1 + (n − 1) ρ).</summary>
    public double VarianceOfErrors(double views) => views * Mean * Complement * (1 + ((views - 1) * Spread / (1 + Spread)));

    /// <summary>
    /// How far <paramref name="errors"/> among <paramref name="views"/> are above what is expected, in standard deviations.
    /// </summary>
    public double DeviationOf(double errors, double views)
    {
        var variance = VarianceOfErrors(views);
        return variance > 0 ? (errors - (views * Mean)) / Math.Sqrt(variance) : 0;
    }

    /// <summary>The rate of successes.</summary>
    public BetaRate Mirrored => new(Complement, Mean, Spread);
}
