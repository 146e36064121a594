using Rx.Alerting.Core.Baselines;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Core.Windows;

namespace Rx.Alerting.Core.Detection;

/// <summary>From an observation to a verdict: a pure function of the key's windows and baseline.</summary>
/// <remarks>
/// An observation is an anomaly if in one of the nested windows, smallest first, k errors among n views have
/// an upper beta-binomial tail P(K ≥ k) of at most <see cref="DetectionOptions.TailProbability"/> under what is expected,
/// and k is at least <see cref="DetectionOptions.MinimumErrors"/>, <see cref="DetectionOptions.MinimumRatio"/> times the
/// expected number, and <see cref="DetectionOptions.MinimumExcess"/> above it. A title is expected to do what it always did
/// or what the rest of its property does just now, whichever is worse.
/// </remarks>
internal sealed class Judge(PipelineOptions options)
{
    private readonly DetectionOptions detection = options.Detection;
    private readonly int largest = options.Windows.MinimumViews;
    private readonly int[] propertySizes = Sizes(options.Windows, []);
    private readonly int[] titleSizes = Sizes(options.Windows, options.Windows.TitleNestedViews);

    public Verdict Of(Observation observation)
    {
        var series = observation.Series;
        if (series.Held || series.WindowErrors < detection.MinimumErrors)
            return new Verdict(observation, VerdictKind.Normal, default, default);

        var expected = Expected(series);
        var walk = series.Walk();
        foreach (var size in observation.IsTitle ? titleSizes : propertySizes)
        {
            var window = walk.Extend(size);
            if (IsAnomaly(window, expected))
                return new Verdict(observation, VerdictKind.Anomaly, window, expected);
            if (walk.AtStart)
                break;
        }

        return new Verdict(observation, VerdictKind.Normal, default, default);
    }

    /// <summary>The error rate of a window that is normal for a key now.</summary>
    public BetaRate Expected(ErrorSeries series)
    {
        var belief = series.Belief(options.Baseline);
        var expected = belief.Widened(series.Overdispersion(belief.Mean, options.Baseline));
        return series.Parent is null ? expected : WithPresent(expected, series);
    }

    /// <summary>The smallest error rate of a window of <paramref name="views"/> that is an anomaly, 0–1.</summary>
    public double Threshold(long views, in BetaRate expected)
    {
        var errors = (double)BetaBinomial.SmallestAnomaly(views, expected, detection.TailProbability);
        errors = Math.Max(errors, detection.MinimumErrors);
        errors = Math.Max(errors, detection.MinimumRatio * views * expected.Mean);
        errors = Math.Max(errors, detection.MinimumExcess + (views * expected.Mean));
        return Math.Min(1, Math.Ceiling(errors) / views);
    }

    private bool IsAnomaly(WindowCount window, in BetaRate expected)
    {
        var normal = window.Views * expected.Mean;
        return window.Errors >= detection.MinimumErrors
            && window.Errors >= detection.MinimumRatio * normal
            && window.Errors - normal >= detection.MinimumExcess
            && BetaBinomial.TailAtMost(window.Errors, window.Views, expected, detection.TailProbability);
    }

    /// <summary>
    /// Raises what is expected of a title to the rate of its property's latest views without the title. While the property
    /// has an incident itself, its very latest views count too: the largest window is slow to show how bad it is.
    /// </summary>
    private BetaRate WithPresent(in BetaRate expected, ErrorSeries title)
    {
        var present = RateWithout(title, largest);
        if (title.Parent!.Held)
            present = Math.Max(present, RateWithout(title, propertySizes[0]));
        return present > expected.Mean ? expected.WithMean(Math.Min(1, present)) : expected;
    }

    private static double RateWithout(ErrorSeries title, int size)
    {
        var property = title.Parent!.Latest(size);
        var own = title.Since(property.StartedAt);
        var (views, errors) = (property.Views - own.Views, property.Errors - own.Errors);
        return views > 0 ? (double)errors / views : 0;
    }

    private static int[] Sizes(WindowOptions windows, IReadOnlyList<int> smaller) =>
        [.. smaller.Concat(windows.NestedViews).Append(windows.MinimumViews).Distinct().Order()];
}
