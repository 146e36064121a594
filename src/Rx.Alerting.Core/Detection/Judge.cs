using Rx.Alerting.Core.Baselines;
using Rx.Alerting.Core.Windows;

namespace Rx.Alerting.Core.Detection;

/// <summary>From an observation to a verdict: a pure function.</summary>
/// <remarks>
/// An observation is an anomaly if one of the nested windows is, the smallest first. A title must also be worse than its property was over
/// the same span of time. A window of n views with k errors is an anomaly if all of these hold:
/// <list type="bullet">
/// <item>The upper beta-binomial tail P(K ≥ k) under the expected rate is at most <see cref="DetectionOptions.TailProbability"/>.</item>
/// <item>k is at least <see cref="DetectionOptions.MinimumErrors"/>.</item>
/// <item>k is at least <see cref="DetectionOptions.MinimumRatio"/> times the expected number of errors.</item>
/// <item>k is at least <see cref="DetectionOptions.MinimumExcess"/> above the expected number of errors.</item>
/// </list>
/// </remarks>
internal sealed class Judge(DetectionOptions detection, WindowOptions windows)
{
    /// <summary>So many errors of one title may be all that is wrong with its property.</summary>
    private const int FewErrors = 3;

    /// <summary>So many views tell the present error rate of a property, or of its affected titles.</summary>
    private const int EnoughViews = 100;

    /// <summary>An anomaly may be over since its second, third or fourth latest pane with errors.</summary>
    private const int LatestPanes = 3;

    private readonly int[] propertySizes = Sizes(windows, []);
    private readonly int[] titleSizes = Sizes(windows, windows.TitleNestedViews);

    public Verdict Of(Observation observation)
    {
        if (observation.IsHeld)
            return Normal(observation);

        var walk = observation.Window.Walk();
        foreach (var size in observation.IsTitle ? titleSizes : propertySizes)
        {
            var window = walk.Extend(size);
            if (IsAnomaly(window, observation.ExpectedBefore(window)) && Expected(observation, window) is var expected
                && IsAnomaly(window, expected))
            {
                return IsOver(observation, window, expected)
                    ? Normal(observation)
                    : new Verdict(observation, VerdictKind.Anomaly, window, expected);
            }

            if (walk.AtStart)
                break;
        }

        return Normal(observation);
    }

    /// <summary>
    /// Whether an anomaly of a property is explained by titles: without them it is none, and they are worse than the rest.
    /// </summary>
    /// <param name="property">The verdict of the property, an anomaly.</param>
    /// <param name="titles">Titles that are anomalies. Titles with an incident are known.</param>
    public bool IsExplained(in Verdict property, IEnumerable<Verdict> titles)
    {
        var observation = property.Observation;
        var explaining = titles.Select(title => title.Observation.Window).ToList();

        // A title may be one error short of an anomaly while its property is one.
        var since = property.Window.StartedAt;
        if (observation.TitleWithMostErrors(since) is { } most && most.Since(since).Errors is >= FewErrors and var errors
            && errors * 2 > property.Window.Errors && !explaining.Exists(title => title.IsOf(most)))
        {
            explaining.Add(most);
        }

        explaining.RemoveAll(title => !IsWorse(title, observation));
        return !IsAnomalyWithout(observation, explaining);
    }

    /// <summary>Whether all views of a property are those of one title, as far as windows can tell.</summary>
    public static bool IsAll(in Observation title, in Observation property)
    {
        var since = Math.Max(title.Window.Largest.StartedAt, property.Window.Largest.StartedAt);
        return property.Window.Since(since).Views <= title.Window.Since(since).Views;
    }

    /// <summary>
    /// Whether a title is significantly worse than the rest of its property. A title without a rest is told as the title.
    /// </summary>
    private bool IsWorse(in WindowView title, in Observation property)
    {
        var since = Math.Max(title.Largest.StartedAt, property.Window.Largest.StartedAt);
        var (own, all) = (title.Since(since), property.Window.Since(since));
        var (views, errors) = (all.Views - own.Views, all.Errors - own.Errors);
        return own.Errors > 0
            && (views <= 0 || IsUnlikelyFew(new WindowCount(views, errors, since), property.Expected.WithMean(own.Rate)));
    }

    private bool IsAnomalyWithout(in Observation property, List<WindowView> titles)
    {
        foreach (var size in propertySizes)
        {
            var window = property.Window.Latest(size);
            var explained = property.Explained(size) + titles.Sum(title => title.Since(window.StartedAt).Errors);
            if (IsAnomaly(window with { Errors = window.Errors - explained }, property.ExpectedBefore(window)))
                return true;
        }

        return false;
    }

    /// <summary>
    /// Whether an anomaly is over: its latest views fail no more than is normal, and had they failed as the views before them, so few
    /// errors would be unlikely. One error more, perhaps days later, makes no incident of what has been over since.
    /// </summary>
    private bool IsOver(in Observation observation, WindowCount window, in BetaRate expected)
    {
        var all = observation.Window.Since(window.StartedAt);
        for (var panes = 1; panes <= LatestPanes; panes++)
        {
            if (HasEnded(all, observation.Window.Behind(panes), expected))
                return true;
        }

        var walk = observation.Window.Walk();
        foreach (var size in titleSizes)
        {
            if (HasEnded(all, walk.Extend(size), expected))
                return true;
        }

        return false;
    }

    private bool HasEnded(WindowCount all, WindowCount latest, in BetaRate expected)
    {
        var (views, errors) = (all.Views - latest.Views, all.Errors - latest.Errors);
        return views > 0
            && errors > 0
            && IsUnlikelyFew(latest, BetaRate.FromCounts(errors, views - errors + 1))
            && (latest.Errors == 1 || !BetaBinomial.TailAtMost(latest.Errors, latest.Views, expected, detection.WorseProbability));
    }

    /// <summary>Whether so few errors are unlikely at a rate.</summary>
    private bool IsUnlikelyFew(WindowCount window, in BetaRate rate) =>
        1 - BetaBinomial.UpperTail(window.Errors + 1, window.Views, rate) <= detection.WorseProbability;

    /// <summary>The error rate that is normal for a window of an observation.</summary>
    public BetaRate Expected(in Observation observation, WindowCount window) =>
        observation.IsTitle ? observation.ExpectedSince(window.StartedAt, EnoughViews) : observation.ExpectedBefore(window);

    /// <summary>The smallest error rate of a window of <paramref name="views"/> that is an anomaly, 0–1.</summary>
    public double Threshold(long views, in BetaRate expected)
    {
        var errors = (double)BetaBinomial.SmallestAnomaly(views, expected, detection.TailProbability);
        errors = Math.Max(errors, detection.MinimumErrors);
        errors = Math.Max(errors, detection.MinimumRatio * views * expected.Mean);
        errors = Math.Max(errors, detection.MinimumExcess + (views * expected.Mean));
        return Math.Min(1, Math.Ceiling(errors) / views);
    }

    private static Verdict Normal(in Observation observation) => new(observation, VerdictKind.Normal, default, default);

    private bool IsAnomaly(WindowCount window, in BetaRate expected)
    {
        var normal = window.Views * expected.Mean;
        return window.Errors >= detection.MinimumErrors
            && window.Errors >= detection.MinimumRatio * normal
            && window.Errors - normal >= detection.MinimumExcess
            && BetaBinomial.TailAtMost(window.Errors, window.Views, expected, detection.TailProbability);
    }

    private static int[] Sizes(WindowOptions windows, IReadOnlyList<int> smaller) =>
        [.. smaller.Concat(windows.NestedViews).Append(windows.MinimumViews).Distinct().Order()];
}
