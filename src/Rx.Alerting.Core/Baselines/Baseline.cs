using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Core.Baselines;

/// <summary>
/// The rolling fold over what a key's views of the past did: what is normal for one error type of one key.
/// </summary>
/// <remarks>
/// Errors A and successes B decay exponentially in event time, which makes Beta(prior + A, prior + B) the belief about
/// the error rate. Views are folded in by the chunk, a tenth of a window, each winsorised at its expected errors plus some
/// standard deviations, so that a failure that was too small for an incident moves the baseline little. The
/// overdispersion ρ is a slow average of the method-of-moments estimates of whole windows.
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

    /// <summary>Views folded in, decayed.</summary>
    public readonly double Weight => errors + successes;

    /// <summary>
    /// How much the rate of one window wanders: as learned, within its bounds. A rate wanders by a part of itself, so ρ is also
    /// at most v² p/(1 − p), v being the largest relative standard deviation; else a rare error type could explain anything.
    /// </summary>
    /// <param name="rate">The error rate p that is expected, 0–1.</param>
    /// <param name="options">The bounds.</param>
    public readonly double Overdispersion(double rate, BaselineOptions options)
    {
        var relative = options.MaximumVariation * options.MaximumVariation * rate / Math.Max(1 - rate, 1e-9);
        var maximum = Math.Max(options.MinimumOverdispersion, Math.Min(options.MaximumOverdispersion, relative));
        return Math.Clamp(overdispersion, options.MinimumOverdispersion, maximum);
    }

    /// <summary>What is believed of the error rate, given what was believed without this key's views.</summary>
    public readonly BetaRate Posterior(in BetaRate prior) => prior.Updated(errors, successes);

    /// <summary>Folds in views that have left the largest window.</summary>
    /// <param name="views">How many.</param>
    /// <param name="failed">How many of them failed with the error type.</param>
    /// <param name="at">Event time, in milliseconds since the Unix epoch.</param>
    /// <param name="prior">What is believed without this key's own views.</param>
    /// <param name="window">Views in the largest window.</param>
    /// <param name="options">How to learn.</param>
    public void Fold(long views, long failed, long at, in BetaRate prior, int window, BaselineOptions options)
    {
        chunkViews += views;
        chunkErrors += failed;
        if (chunkViews < window / 10)
            return;

        Decay(at, options);
        var expected = Posterior(prior).Mean;
        var deviation = Math.Sqrt(BetaRate.FromOverdispersion(expected, Overdispersion(expected, options)).VarianceOfErrors(chunkViews));
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

    /// <summary>Forgets what was normal: the rate of <paramref name="failed"/> in <paramref name="views"/> is, from now on.</summary>
    public void Accept(long views, long failed, long at)
    {
        errors = failed;
        successes = views - failed;
        updatedAt = at;
        Restart();
    }

    /// <summary>Drops what is not yet folded in.</summary>
    public void Restart() => chunkViews = chunkErrors = windowViews = windowErrors = 0;

    public const string Layout = "errors f64, successes f64, overdispersion f64, updatedAt i64, chunkViews i64, chunkErrors i64, windowViews i64, windowErrors i64";

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

    /// <summary>The estimate of one window is clipped, so that one wild window does not make the detector blind.</summary>
    private void LearnOverdispersion(double expected, BaselineOptions options)
    {
        var estimate = Baselines.Overdispersion.Moment(windowErrors, windowViews, expected);
        overdispersion += OverdispersionGain * (Math.Min(estimate, options.MaximumOverdispersion) - overdispersion);
        windowViews = windowErrors = 0;
    }
}
