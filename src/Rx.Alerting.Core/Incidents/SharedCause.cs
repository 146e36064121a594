using Rx.Alerting.Core.Explanations;

namespace Rx.Alerting.Core.Incidents;

/// <summary>What several properties that break at once have in common.</summary>
internal static class SharedCause
{
    private const int FewestProperties = 2;

    /// <summary>The slice that explains most of the incidents, with the counts of these; null: they have no cause in common.</summary>
    public static Explanation? Of(IReadOnlyList<OpenIncident> parts)
    {
        var most = parts.Where(part => part.Explained.Cause is not null).GroupBy(part => part.Explained.Cause!)
            .OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal).FirstOrDefault()?.ToList();
        if (most is null || most.Count < FewestProperties || 2 * most.Count < parts.Count)
            return null;
        var best = most.ConvertAll(part => part.Explained.Best[0]);
        var (views, affected) = (best.Sum(slice => slice.Views), best.Sum(slice => slice.AffectedViews));
        var expected = best.Sum(slice => slice.NormalRate * slice.Views);
        return new()
        {
            Dimensions = best[0].Dimensions,
            Share = best.Sum(slice => slice.Share) / parts.Count,
            ErrorRate = (double)affected / views,
            NormalRate = expected / views,
            Lift = affected / expected,
            Views = views,
            AffectedViews = affected,
        };
    }
}
