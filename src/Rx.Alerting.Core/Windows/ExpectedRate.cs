using Rx.Alerting.Core.Baselines;

namespace Rx.Alerting.Core.Windows;

/// <summary>The error rate of a window that is normal for a series now.</summary>
/// <remarks>
/// A property is expected to do what it always did. A title is expected to do what it always did, or what the rest of its property
/// does just now, whichever is worse.
/// </remarks>
internal sealed class ExpectedRate(WindowOptions windows, BaselineOptions baseline)
{
    private readonly int smallest = windows.NestedViews.Append(windows.MinimumViews).Min();

    public BetaRate Of(ErrorSeries series)
    {
        var belief = series.Belief(baseline);
        var expected = belief.Widened(series.Overdispersion(belief.Mean, baseline));
        return series.Parent is null ? expected : WithPresent(expected, series);
    }

    /// <summary>
    /// Raises what is expected of a title to the rate of its property's latest views without the title. While the property has an
    /// incident itself, its smallest window counts, too: the largest one is slow to show how bad the property is.
    /// </summary>
    private BetaRate WithPresent(in BetaRate expected, ErrorSeries title)
    {
        var present = RateWithout(title, windows.MinimumViews);
        if (title.Parent!.Held)
            present = Math.Max(present, RateWithout(title, smallest));
        return present > expected.Mean ? expected.WithMean(Math.Min(1, present)) : expected;
    }

    private static double RateWithout(ErrorSeries title, int size)
    {
        var property = title.Parent!.Latest(size);
        var own = title.Since(property.StartedAt);
        var (views, errors) = (property.Views - own.Views, property.Errors - own.Errors);
        return views > 0 ? (double)errors / views : 0;
    }
}
