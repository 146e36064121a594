namespace Rx.Alerting.Connectors.Simulation;

/// <summary>A property's ordinary error rates as they are now. They wander.</summary>
/// <remarks>
/// Every few hours, each rate gets a new factor. A part of the factor is shared by all error types (a slow evening), and a part is of the
/// error type alone. The factor is log-normal with mean 1 and the variance of the property's overdispersion.
/// </remarks>
internal sealed class WanderingRates
{
    private const ulong Stream = 1_000_000;

    /// <summary>Bounds the squared coefficient of variation. Without the bound, the rates of rare error types would leap.</summary>
    private const double LargestVariation = 0.35;

    /// <summary>Half of the variance is shared by all error types.</summary>
    private static readonly double Half = Math.Sqrt(0.5);

    private readonly SimulatedProperty property;
    private readonly SimulationRandom random;
    private readonly double[] spread;
    private long nextChange = long.MinValue;

    public WanderingRates(SimulationOptions options, SimulatedProperty property)
    {
        this.property = property;
        random = new SimulationRandom(options.Seed, Stream + (ulong)property.Index);
        Rates = new double[property.BaseRates.Length];
        spread = new double[Rates.Length];
        for (var type = 0; type < spread.Length; type++)
        {
            var rate = property.BaseRates[type];
            var variation = Math.Min(LargestVariation, property.Overdispersion * (1 - rate) / rate);
            spread[type] = Math.Sqrt(Math.Log(1 + variation));
        }
    }

    /// <summary>Error rates of the property's ordinary error types, 0–1.</summary>
    public double[] Rates { get; }

    /// <summary>Moves on to an event time in Unix milliseconds.</summary>
    public void Advance(long time)
    {
        while (time >= nextChange)
        {
            var shared = random.Normal();
            for (var type = 0; type < Rates.Length; type++)
            {
                var normal = Half * (shared + random.Normal());
                Rates[type] = property.BaseRates[type] * Math.Exp((spread[type] * normal) - (spread[type] * spread[type] / 2));
            }

            var from = nextChange == long.MinValue ? time : nextChange;
            nextChange = from + (long)(property.WanderPeriod * random.Uniform(0.5, 1.5));
        }
    }
}
