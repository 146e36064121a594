namespace Rx.Alerting.Connectors.Simulation.Scoring;

/// <summary>How the values of one measure are spread.</summary>
/// <param name="Count">The number of values. Without any, the quantiles are null.</param>
/// <param name="Median">Half of the values do not exceed this.</param>
/// <param name="P90">Nine in ten of the values do not exceed this.</param>
/// <param name="P95">Nineteen in twenty of the values do not exceed this.</param>
public sealed record Spread(int Count, double? Median, double? P90, double? P95)
{
    internal static Spread Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return new Spread(sorted.Count, Quantile(sorted, 0.5), Quantile(sorted, 0.9), Quantile(sorted, 0.95));
    }

    /// <summary>The smallest value that at least <paramref name="share"/> of all values do not exceed.</summary>
    internal static T? Quantile<T>(List<T> sorted, double share)
        where T : struct =>
        sorted.Count == 0 ? null : sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Count) - 1)];
}

/// <summary>How many of a number have something in common.</summary>
/// <param name="Count">How many have it in common.</param>
/// <param name="Total">The number of all.</param>
public sealed record Part(int Count, int Total)
{
    /// <summary>0–1. 0 if there are none at all.</summary>
    public double Share => Total == 0 ? 0 : (double)Count / Total;
}
