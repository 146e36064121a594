namespace Rx.Alerting.Benchmarks.Running;

/// <summary>Quantiles of measured values.</summary>
internal static class Quantile
{
    /// <summary>The smallest value that is not below so large a share of the values.</summary>
    public static double Of(IReadOnlyCollection<double> values, double share) =>
        values.Order().ElementAt((int)Math.Ceiling(share * values.Count) - 1);
}
