using System.Text;
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
    /// <summary>With fewer failures there is nothing to be said.</summary>
    public const int FewestFailures = 8;

    /// <summary>So many of the latest failures are looked at: an incident that has spread to all views is told by these.</summary>
    private const int LatestFailures = 256;

    /// <summary>With fewer errors learned, no value is known to be worse than others.</summary>
    private const double FewestLearned = 30;

    /// <summary>What was learned of a value counts beside so many errors of the whole property.</summary>
    private const double PriorErrors = 60;

    private static readonly string[] Names = [.. Enumerable.Range(0, SampledValues.Dimensions).Select(SampledValues.NameOf)];

    /// <summary>The slices that explain the series; null: there are too few failures to tell.</summary>
    public static Ranking? Explain(PropertyFacets? facets, in ExplainedSeries series)
    {
        if (facets is null)
            return null;
        var title = series.Title is null ? (byte?)null : facets.Values.Of[SampledValues.Title].Find(SampledValues.Kept(series.Title));
        if (title == FacetValues.Other)
            return null;
        var table = new SliceTable(Names, isSampled: true, facets.Buckets.Sum(bucket => bucket.Succeeded + bucket.Failed));
        var rows = new FacetRows(facets, table, series.ErrorTypeHash, title);
        var failures = 0;
        for (var i = facets.Buckets.Count - 1; i >= 0; i--)
        {
            var bucket = facets.Buckets[i];
            if (bucket.End <= series.Since)
            {
                if (!bucket.IsHeld)
                    rows.Add(bucket, isBefore: true);
            }
            else if (failures < LatestFailures)
                failures += rows.Add(bucket, isBefore: false);
        }

        if (failures < FewestFailures)
            return null;
        SetFactors(facets, series.ErrorTypeHash, table);
        return SliceRanking.Rank(table, series.NormalRate);
    }

    /// <summary>Says which values always have more errors of the type than others. What they have of other types excuses nothing.</summary>
    private static void SetFactors(PropertyFacets facets, ulong errorType, SliceTable table)
    {
        var (type, errors) = facets.Values.Learned(errorType);
        if (errors < FewestLearned)
            return;
        var rate = errors / facets.Values.LearnedViews;
        for (var dimension = 0; dimension < Names.Length; dimension++)
        {
            for (var value = 1; value < table.ValueCount(dimension); value++)
            {
                var number = facets.Values.Of[dimension].Find(Encoding.UTF8.GetBytes(table.Text(dimension, value)));
                if (number == FacetValues.Other)
                    continue;
                var learned = facets.Values.Of[dimension].Learned(number, type);
                table.SetFactor(dimension, value, (learned.Errors + PriorErrors) / (learned.Views + (PriorErrors / rate)) / rate);
            }
        }
    }
}
