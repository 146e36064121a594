using Rx.Alerting.Core.Baselines;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.Windows;

/// <summary>One error type of one title.</summary>
internal sealed class TitleSeries : ErrorSeries
{
    /// <summary>An affected title's errors have at most this upper tail probability under what is normal for it.</summary>
    private const double AffectedProbability = 1e-3;

    private TitleSeries(Title title, PropertySeries parent)
        : base(title, parent.TypeHash) => Parent = parent;

    public override PropertySeries Parent { get; }

    public override byte[] Type => Parent.Type;

    /// <summary>Whether the title had an error since the property's open incident began.</summary>
    public bool HasFailed => Parent.Spread is { } spread && LatestPane >= spread.Since;

    /// <summary>
    /// Whether the title fails significantly more than is normal for it since the property's open incident began. One error tells nothing:
    /// sooner or later, every title has one.
    /// </summary>
    public bool IsAffected(BaselineOptions options)
    {
        if (!HasFailed)
            return false;
        var (views, errors, _) = Since(Parent.Spread!.Since);
        return errors >= 2 && BetaBinomial.TailAtMost(errors, views, Expected(options), AffectedProbability);
    }

    /// <summary>The error rate of the rest of the property: since a time, and just now, whichever is higher.</summary>
    /// <remarks>
    /// While the property has an incident, its latest views count, too: the largest window is slow to show how bad the property is. So do
    /// other affected titles, because an affected title is much worse than its property's average. Before others have shown what is usual,
    /// no title is worse.
    /// </remarks>
    /// <param name="since">Ms since the Unix epoch.</param>
    /// <param name="largest">Views of the property's largest window.</param>
    /// <param name="enough">So many views of it, or of other titles, tell a rate.</param>
    public double PresentRate(long since, int largest, int enough)
    {
        var present = Math.Max(RateWithout(largest), Parent.RateSince(since, Since(since)));
        if (Parent.Spread is not { } spread)
            return present;
        var own = Since(spread.Since);
        var (views, errors) = (spread.Affected.Views - own.Views, spread.Affected.Errors - own.Errors);
        var affected = views < enough ? 1 : Math.Max(0, (double)errors / views);
        return Math.Max(affected, Math.Max(present, RateWithout(enough)));
    }

    /// <summary>A title has too few windows to tell how much its rate wanders, so the property's value is its lower bound.</summary>
    public override double Overdispersion(double rate, BaselineOptions options) =>
        Math.Max(base.Overdispersion(rate, options), Parent.Overdispersion(rate, options));

    /// <summary>What the title had so far, and has from now on, is explained by the title.</summary>
    public override void Hold(long since, FailedPanePool pool)
    {
        base.Hold(since, pool);
        Parent.Explain(Window, pool);
    }

    public static TitleSeries New(Title title, PropertySeries parent, int largest, BaselineOptions options)
    {
        var series = new TitleSeries(title, parent);
        series.Begin(largest, options);
        return series;
    }

    public static TitleSeries Load(StateReader reader, Title title)
    {
        var parent = title.Property.Find(KeyHash.Of(reader.Bytes())) as PropertySeries
            ?? throw new CheckpointFormatException("The checkpoint is damaged: a title has an error type that its property has not.");
        var series = new TitleSeries(title, parent);
        series.Load(reader);
        return series;
    }

    private double RateWithout(int size)
    {
        var property = Parent.Latest(size);
        var own = Since(property.StartedAt);
        return new WindowCount(property.Views - own.Views, property.Errors - own.Errors, 0) is { Views: > 0 } rest ? rest.Rate : 0;
    }

    /// <summary>That the title does what its property does.</summary>
    protected override BetaRate Prior(BaselineOptions options)
    {
        var rate = Parent.Belief(options).Mean;
        return new BetaRate(rate, 1 - rate, 1 / options.TitlePriorViews);
    }
}
