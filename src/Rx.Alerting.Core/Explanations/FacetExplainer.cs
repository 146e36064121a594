using Rx.Alerting.Core.Panes;

namespace Rx.Alerting.Core.Explanations;

/// <summary>What is asked: why a property, or one of its titles, has too many errors of a type.</summary>
/// <param name="PropertyHash">Hash of the property's name.</param>
/// <param name="Title">The title; null: the whole property.</param>
/// <param name="ErrorTypeHash">Hash of the error type.</param>
/// <param name="Since">When it began (ms since the Unix epoch).</param>
/// <param name="NormalRate">The error rate that is normal, 0–1.</param>
internal readonly record struct ExplainedSeries(ulong PropertyHash, byte[]? Title, ulong ErrorTypeHash, long Since, double NormalRate);

/// <summary>Explains an incident by the circumstances of its views.</summary>
internal static class FacetExplainer
{
    /// <inheritdoc cref="SliceRanking.FewestFailures"/>
    public const int FewestFailures = SliceRanking.FewestFailures;

    /// <summary>So many of the latest failures are looked at: an incident that has spread to all views is told by these.</summary>
    private const int LatestFailures = 256;

    /// <summary>The slices that explain the series; null: there are too few failures to tell.</summary>
    public static Ranking? Explain(PropertyFacets? facets, in ExplainedSeries series)
    {
        if (facets is null)
            return null;
        var title = series.Title is null ? (byte?)null : facets.Values.Of[SampledValues.Title].Find(SampledValues.Kept(series.Title));
        if (title == FacetValues.Other)
            return null;
        var table = new FacetTable(facets, series.ErrorTypeHash, title);
        var failures = 0;
        for (var i = facets.Buckets.Count - 1; i >= 0; i--)
        {
            var bucket = facets.Buckets[i];
            var isBefore = bucket.End <= series.Since;
            if (!isBefore && failures < LatestFailures)
                failures += table.Add(bucket, isBefore);
            else if (isBefore && failures < FewestFailures)
                break;
            else if (isBefore && !bucket.IsHeld)
                table.Add(bucket, isBefore);
        }

        return failures < FewestFailures ? null : SliceRanking.Rank(table, series.NormalRate);
    }
}
