namespace Rx.Alerting.Core.Explanations;

/// <summary>Rankings that were made since the restore, and the time spent in them. Not part of the state.</summary>
/// <param name="clock">Measures the time. Nothing else depends on it.</param>
internal sealed class RankingCounts(TimeProvider clock)
{
    private readonly Dictionary<ExplainedBy, long> made = [];
    private long ticks;

    /// <summary>Rankings that could not be made: too few failures were known.</summary>
    public long Unknown { get; private set; }

    public TimeSpan Time => TimeSpan.FromSeconds((double)ticks / clock.TimestampFrequency);

    public long this[ExplainedBy by] => made.GetValueOrDefault(by);

    /// <summary>Makes and counts a ranking.</summary>
    public Ranking? Make(PropertyFacets? facets, in ExplainedSeries series)
    {
        var started = clock.GetTimestamp();
        var ranking = FacetExplainer.Explain(facets, series);
        ticks += clock.GetTimestamp() - started;
        if (ranking is null)
            Unknown++;
        else
            made[ranking.By] = this[ranking.By] + 1;
        return ranking;
    }
}
