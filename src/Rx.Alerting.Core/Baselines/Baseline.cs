using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Core.Baselines;

/// <summary>What is normal for one error type of one key: the rolling fold over the key's past views.</summary>
/// <remarks>
/// <list type="bullet">
/// <item>Errors A and successes B decay exponentially in event time. The belief about the error rate is Beta(prior + A, prior + B).</item>
/// <item>Views are folded in by the chunk, a tenth of a window. The errors of a chunk are winsorised at their expected number plus some
/// standard deviations. So a failure that was too small for an incident moves the baseline little.</item>
/// <item>The overdispersion ρ is a slow average of the method-of-moments estimates of whole windows.</item>
/// </list>
/// </remarks>
internal struct Baseline
{
    private const double OverdispersionGain = 0.05;

    private double errors;
    private double successes;
    private double overdispersion;
    private long updatedAt;
    private long chunkViews;
    private long chunkErrors;
    private long windowViews;
    private long windowErrors;

    /// <summary>A baseline that has seen <paramref name="views"/> views without an error.</summary>
    public Baseline(double views, long at, BaselineOptions options)
    {
        successes = views;
        updatedAt = at;
        overdispersion = options.InitialOverdispersion;
    }

    /// <summary>Number of views folded in, decayed.</summary>
    public readonly double Weight => errors + successes;

    /// <summary>
    /// How much the rate of one window wanders: the learned ρ, within its bounds. A rate wanders by a part of itself. So ρ is also at
    /// most v² p/(1 − p), where v is the largest relative standard deviation. Else a rare error type could explain any rate.
    /// </summary>
    /// <param name="rate">The expected error rate p, 0–1.</param>
    /// <param name="options">The bounds.</param>
    public readonly double Overdispersion(double rate, BaselineOptions options)
    {
        var relative = options.MaximumVariation * options.MaximumVariation * rate / Math.Max(1 - rate, 1e-9);
        var maximum = Math.Max(options.MinimumOverdispersion, Math.Min(options.MaximumOverdispersion, relative));
        return Math.Clamp(overdispersion, options.MinimumOverdispersion, maximum);
    }

    /// <summary>The belief about the error rate.</summary>
    /// <param name="prior">The belief without this key's views.</param>
    public readonly BetaRate Posterior(in BetaRate prior) => prior.Updated(errors, successes);

    /// <summary>Folds in views that have left the largest window.</summary>
    /// <param name="views">Number of views.</param>
    /// <param name="failed">Number of these views that failed with the error type.</param>
    /// <param name="at">Event time, in milliseconds since the Unix epoch.</param>
    /// <param name="prior">The belief without this key's views.</param>
    /// <param name="window">Number of views in the largest window.</param>
    /// <param name="options">How to learn.</param>
    public void Fold(long views, long failed, long at, in BetaRate prior, int window, BaselineOptions options)
    {
        chunkViews += views;
        chunkErrors += failed;
        if (chunkViews < window / 10)
            return;

        Decay(at, options);
        var expected = Posterior(prior).Mean;
        var rate = BetaRate.FromOverdispersion(expected, Overdispersion(expected, options));
        var deviation = Math.Sqrt(rate.VarianceOfErrors(chunkViews));
        var limit = (chunkViews * expected) + (options.WinsorDeviations * deviation);
        var counted = Math.Min(chunkErrors, limit);
        errors += counted;
        successes += chunkViews - counted;
        windowViews += chunkViews;
        windowErrors += chunkErrors;
        chunkViews = chunkErrors = 0;
        if (windowViews >= window)
            LearnOverdispersion(expected, options);
    }

    /// <summary>
    /// Forgets what was normal. From now on, the rate of <paramref name="failed"/> in <paramref name="views"/> is normal.
    /// </summary>
    public void Accept(long views, long failed, long at)
    {
        errors = failed;
        successes = views - failed;
        updatedAt = at;
        Restart();
    }

    /// <summary>Drops the views that are not folded in yet.</summary>
    public void Restart() => chunkViews = chunkErrors = windowViews = windowErrors = 0;

    public const string Layout = "errors f64, successes f64, overdispersion f64, updatedAt i64, "
        + "chunkViews i64, chunkErrors i64, windowViews i64, windowErrors i64";

    public readonly void Save(StateWriter writer)
    {
        writer.Double(errors);
        writer.Double(successes);
        writer.Double(overdispersion);
        writer.Int64(updatedAt);
        writer.Int64(chunkViews);
        writer.Int64(chunkErrors);
        writer.Int64(windowViews);
        writer.Int64(windowErrors);
    }

    public static Baseline Load(StateReader reader) => new()
    {
        errors = reader.Double(),
        successes = reader.Double(),
        overdispersion = reader.Double(),
        updatedAt = reader.Int64(),
        chunkViews = reader.Int64(),
        chunkErrors = reader.Int64(),
        windowViews = reader.Int64(),
        windowErrors = reader.Int64(),
    };

    private void Decay(long at, BaselineOptions options)
    {
        if (at <= updatedAt)
            return;
        var factor = Math.Pow(0.5, (at - updatedAt) / options.HalfLife.TotalMilliseconds);
        errors *= factor;
        successes *= factor;
        updatedAt = at;
    }

    /// <summary>Learns from one window. Its estimate is clipped, so that one wild window does not make the detector blind.</summary>
    private void LearnOverdispersion(double expected, BaselineOptions options)
    {
        var estimate = Baselines.Overdispersion.Moment(windowErrors, windowViews, expected);
        overdispersion += OverdispersionGain * (Math.Min(estimate, options.MaximumOverdispersion) - overdispersion);
        windowViews = windowErrors = 0;
    }
}
