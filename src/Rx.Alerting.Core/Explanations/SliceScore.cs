using Rx.Alerting.Core.Baselines;

namespace Rx.Alerting.Core.Explanations;

/// <summary>How well a slice explains an excess of errors.</summary>
/// <remarks>
/// <para>
/// With k errors of the slice where e are normal, the score is <c>sqrt(k ln(k/e) + e - k) F (1 - 0.01 (d - 1))</c>.
/// </para>
/// <para>
/// The root is that of half the deviance of a Poisson distribution: the evidence that the slice is not normal. Where failures are sampled,
/// it is scaled to the number that was looked at: k may be large, but few failures prove little. F is the harmonic mean of
/// the slice's share in the excess and its precision <c>(k - e) / k</c>. A part of the cause has a small share. More than the cause has a
/// small precision. Of equals, the one with the smaller number d of dimensions is preferred.
/// </para>
/// <para>
/// What is normal for a slice: its own views before the interval, and, as if it were <see cref="PriorErrors"/> errors, the rate of all
/// views, times the factor of a value that is always worse.
/// </para>
/// <para>
/// A slice whose own past is much worse than that is taken at its word, so that a title that has always failed is not named. This is the
/// robust prior of H. Schmidli and others (Biometrics 70, 2014): a mixture with a second distribution that is worth one view. It only
/// excuses slices. A past that is much better than the rate of all views proves little, as there may have been other incidents then.
/// </para>
/// </remarks>
internal readonly struct SliceScore
{
    /// <summary>The weight of the rate of all views, in normal errors, against the slice's own past.</summary>
    private const double PriorErrors = 60;

    /// <summary>
    /// The probability, before its past is known, that a slice does not do as all views do. Neither is more likely. Of a past that is a
    /// guess, one failure without a sampled view beside it says little.
    /// </summary>
    private const double OddIfKnown = 0.5, OddIfSampled = 0.05;

    private const double MaximumRate = 1 - 1e-9;

    private const double PriceOfDimension = 0.01;

    private readonly double normalRate;
    private readonly double odds;

    /// <param name="table">All views.</param>
    /// <param name="normalRate">The error rate that is normal for all views together, above 0.</param>
    public SliceScore(SliceTable table, double normalRate)
    {
        var total = table.Total;
        this.normalRate = normalRate;
        odds = table.IsSampled ? OddIfSampled : OddIfKnown;
        Expected = total.Views * normalRate;
        Excess = total.Errors - Expected;
    }

    /// <summary>Errors that would be normal for all views.</summary>
    public double Expected { get; }

    /// <summary>Errors of all views beyond those that are normal.</summary>
    public double Excess { get; }

    /// <summary>Errors that would be normal for a slice.</summary>
    /// <param name="counts">Of the slice.</param>
    /// <param name="factor">The largest of its values' factors.</param>
    public double ExpectedOf(in SliceCounts counts, double factor)
    {
        var usual = Usual(counts, factor);
        var prior = Math.Min(normalRate * factor, MaximumRate);
        var own = (counts.ErrorsBefore + prior) / (counts.ViewsBefore + 1);
        return counts.Views * (own <= usual ? usual : usual + ((own - usual) * Oddness(counts, prior)));
    }

    /// <summary>A bound of the score that costs less.</summary>
    /// <param name="counts">Of the slice.</param>
    /// <param name="factor">As in <see cref="ExpectedOf"/>, which is never less than what is usual.</param>
    /// <param name="dimensions">How many dimensions the slice has.</param>
    public double AtMost(in SliceCounts counts, double factor, int dimensions) =>
        Of(counts, counts.Views * Usual(counts, factor), dimensions);

    /// <summary>A bound of the scores of all parts of a slice, by its errors alone.</summary>
    /// <remarks>
    /// A part has no more errors and no longer past. If all its views have failed, and all were looked at, it is as strange as can be.
    /// </remarks>
    /// <param name="errors">Of the slice.</param>
    /// <param name="viewsBefore">Of the slice, or more.</param>
    /// <param name="factor">As in <see cref="ExpectedOf"/>.</param>
    /// <param name="dimensions">How many dimensions a part has at least.</param>
    public double AtMost(double errors, double viewsBefore, double factor, int dimensions) =>
        Of(new(0, errors, 0, 0), errors * Usual(new(0, 0, viewsBefore, 0), factor), dimensions);

    /// <summary>The error rate of a slice that does as all views do, by its past.</summary>
    private double Usual(in SliceCounts counts, double factor) =>
        (counts.ErrorsBefore + (PriorErrors * factor)) / (counts.ViewsBefore + (PriorErrors / normalRate));

    /// <summary>The probability that a slice does not do as all views do, by its past.</summary>
    private double Oddness(in SliceCounts counts, double prior)
    {
        var views = (long)Math.Round(counts.ViewsBefore);
        if (views == 0)
            return odds;
        var errors = Math.Min((long)Math.Round(counts.ErrorsBefore), views);
        var usual = BetaBinomialTerm.Log(errors, views, new(prior, 1 - prior, normalRate / PriorErrors));
        var odd = BetaBinomialTerm.Log(errors, views, new(prior, 1 - prior, 1));
        return odds / (odds + ((1 - odds) * Math.Exp(usual - odd)));
    }

    /// <summary>The score; 0 if the slice does not explain anything.</summary>
    /// <param name="counts">Of the slice.</param>
    /// <param name="expected">Normal errors.</param>
    /// <param name="dimensions">How many dimensions the slice has.</param>
    public double Of(in SliceCounts counts, double expected, int dimensions)
    {
        var errors = counts.Errors;
        if (errors <= expected)
            return 0;
        var evidence = ((errors * Math.Log(errors / expected)) + expected - errors) * (counts.SeenErrors / errors);
        var share = ShareOf(errors - expected);
        var precision = (errors - expected) / errors;
        return Math.Sqrt(evidence) * (2 * share * precision / (share + precision)) * (1 - (PriceOfDimension * (dimensions - 1)));
    }

    /// <summary>The share in the excess, 0–1. Where there is no excess at all, a slice that has one has all of it.</summary>
    public double ShareOf(double excess) => Excess > 0 ? Math.Min(1, excess / Excess) : 1;
}
