namespace Rx.Alerting.Core.Baselines;

/// <summary>What is believed of an error rate: Beta(<paramref name="A"/>, <paramref name="B"/>), in errors and successes.</summary>
internal readonly record struct Beta(double A, double B)
{
    public double Mean => A / (A + B);

    /// <summary>
    /// The distribution of the rate of one window: the belief widened by the rate's own wandering. Variances of a Beta
    /// are m(1 − m)·r with r = 1/(A + B + 1); independent spreads r₁, r₂ combine to 1 − (1 − r₁)(1 − r₂).
    /// </summary>
    /// <param name="overdispersion">Intra-class correlation ρ of the views of one window, 0–1.</param>
    public Beta Predictive(double overdispersion)
    {
        var spread = 1 - ((1 - overdispersion) * (1 - (1 / (A + B + 1))));
        var weight = (1 - spread) / spread;
        return new Beta(Mean * weight, (1 - Mean) * weight);
    }
}
