namespace Rx.Alerting.Connectors.Simulation;

/// <summary>Distributions that are drawn from a few times for each slice of traffic, not for each view.</summary>
internal static class Distributions
{
    /// <summary>From this expected count on, the normal approximation is used instead of the exact distribution.</summary>
    private const double Large = 30;

    /// <remarks>Box and Muller (1958).</remarks>
    public static double Normal(this SimulationRandom random) =>
        Math.Sqrt(2 * random.Exponential()) * Math.Cos(2 * Math.PI * random.NextDouble());

    /// <summary>Gamma with mean <paramref name="shape"/>.</summary>
    /// <remarks>Marsaglia and Tsang (2000); below 1 by their boost with a power of a uniform number.</remarks>
    public static double Gamma(this SimulationRandom random, double shape)
    {
        if (shape < 1)
            return random.Gamma(shape + 1) * Math.Pow(1 - random.NextDouble(), 1 / shape);
        var d = shape - (1.0 / 3);
        var c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            var x = random.Normal();
            var cube = 1 + (c * x);
            if (cube <= 0)
                continue;
            cube *= cube * cube;
            if (Math.Log(1 - random.NextDouble()) < (0.5 * x * x) + (d * (1 - cube + Math.Log(cube))))
                return d * cube;
        }
    }

    public static long Poisson(this SimulationRandom random, double mean)
    {
        if (mean >= Large)
            return Math.Max(0, (long)Math.Round(mean + (Math.Sqrt(mean) * random.Normal())));
        var count = 0L;
        for (var time = random.Exponential(); time < mean; time += random.Exponential())
            count++;
        return count;
    }

    /// <summary>
    /// The number of successes of <paramref name="trials"/> with <paramref name="probability"/> each. By inversion if few are expected.
    /// </summary>
    public static long Binomial(this SimulationRandom random, long trials, double probability)
    {
        if (trials == 0 || probability <= 0)
            return 0;
        if (probability >= 1)
            return trials;
        if (probability > 0.5)
            return trials - random.Binomial(trials, 1 - probability);
        var mean = trials * probability;
        if (mean >= Large)
            return (long)Math.Clamp(Math.Round(mean + (Math.Sqrt(mean * (1 - probability)) * random.Normal())), 0, trials);

        var odds = probability / (1 - probability);
        var mass = Math.Exp(trials * Math.Log(1 - probability));
        var left = random.NextDouble();
        var count = 0L;
        while (left > mass && count < trials && mass > 0)
        {
            left -= mass;
            mass *= odds * (trials - count) / (count + 1);
            count++;
        }

        return count;
    }
}
