using Rx.Alerting.Connectors.Simulation.Slices;

namespace Rx.Alerting.Connectors.Simulation;

/// <summary>A property without incidents: its audience, its titles and its ordinary errors.</summary>
internal sealed class SimulatedProperty
{
    /// <summary>
    /// How much error rates differ by title: as if the rate of each title were measured from so many views of the property.
    /// </summary>
    private const double TitleSpreadViews = 200;

    /// <summary>The smallest shape of that gamma distribution, so that no rare error type belongs to one title alone.</summary>
    private const double SmallestShape = 0.4;

    private readonly float[] titleFactors;
    private readonly double[] titleShares;

    /// <param name="random">Decides all but what is always worse.</param>
    /// <param name="worse">Decides what is always worse.</param>
    /// <param name="index">The place of the property in the order of traffic, from 0.</param>
    /// <param name="share">Share of all views, 0–1.</param>
    /// <param name="firstTitle">The number of the property's first title.</param>
    /// <param name="titles">The number of its titles.</param>
    public SimulatedProperty(
        SimulationRandom random, SimulationRandom worse, int index, double share, int firstTitle, int titles)
    {
        Index = index;
        Share = share;
        FirstTitle = firstTitle;
        Profile = new WeeklyProfile(random);
        titleShares = AliasTable.ZipfWeights(titles, random.Uniform(0.85, 1.1));
        Titles = AliasTable.Of(titleShares);
        Cdns = Circumstances.Spread(random, random.Below(3) == 0 ? 2 : Circumstances.Cdns.Length, random.Uniform(0.8, 1.6));
        Countries = Circumstances.Spread(random, Circumstances.Countries.Length, random.Uniform(0.8, 1.8));
        Platforms = Circumstances.Spread(random, Circumstances.Platforms.Length, random.Uniform(0.4, 1.2));
        PlayerVersions = Circumstances.Spread(random, Circumstances.PlayerVersions, random.Uniform(0.8, 2));
        StreamTypes = Circumstances.Spread(random, Circumstances.StreamTypes.Length, random.Uniform(1, 4));

        (ErrorTypes, BaseRates) = OrdinaryErrors(random);
        Overdispersion = random.LogUniform(2e-4, 2e-3);
        WanderPeriod = (long)TimeSpan.FromHours(random.Uniform(1, 6)).TotalMilliseconds;
        BusinessExceptionRate = random.LogUniform(0.001, 0.005);
        WarningRate = random.LogUniform(0.001, 0.005);
        titleFactors = FactorsByTitle(random);
        AlwaysWorse = AlwaysWorse.Draw(worse, this);
    }

    public int Index { get; }

    /// <summary>Share of all views, 0–1.</summary>
    public double Share { get; }

    /// <summary>The number of the property's first title among all titles. Its titles follow in the order of their traffic.</summary>
    public int FirstTitle { get; }

    public int TitleCount => titleShares.Length;

    public WeeklyProfile Profile { get; }

    /// <summary>Draws a title by its share of the property's views.</summary>
    public AliasTable Titles { get; }

    public byte[] Cdns { get; }

    public byte[] Countries { get; }

    public byte[] Platforms { get; }

    public byte[] PlayerVersions { get; }

    public byte[] StreamTypes { get; }

    /// <summary>The ordinary error types: indices into <see cref="ErrorKind.Failures"/>.</summary>
    public int[] ErrorTypes { get; }

    /// <summary>Long-run error rates of <see cref="ErrorTypes"/>, 0–1.</summary>
    public double[] BaseRates { get; }

    /// <summary>Intra-class correlation of the failures of views within one <see cref="WanderPeriod"/>.</summary>
    public double Overdispersion { get; }

    /// <summary>How long error rates stay about the same, in milliseconds of event time.</summary>
    public long WanderPeriod { get; }

    public double BusinessExceptionRate { get; }

    public double WarningRate { get; }

    /// <summary>The value whose views always fail more often than the others. Null: there is none.</summary>
    public AlwaysWorse? AlwaysWorse { get; }

    /// <summary>The long-run rate of an error type, 0–1. 0 if it is none of <see cref="ErrorTypes"/>.</summary>
    public double RateOf(int errorType) => Array.IndexOf(ErrorTypes, errorType) is >= 0 and var type ? BaseRates[type] : 0;

    /// <summary>The share of a title in the property's views, by the title's rank, 0–1.</summary>
    public double TitleShare(int rank) => titleShares[rank];

    /// <summary>The factors between a title's error rates and the property's, by error type.</summary>
    public ReadOnlySpan<float> TitleFactors(int rank) => titleFactors.AsSpan(rank * ErrorTypes.Length, ErrorTypes.Length);

    private static (int[] Types, double[] Rates) OrdinaryErrors(SimulationRandom random)
    {
        var total = random.LogUniform(0.005, 0.06);
        var rates = AliasTable.ZipfWeights(3 + random.Below(5), random.Uniform(0.6, 1.6));
        var types = new int[rates.Length];
        for (var i = 0; i < types.Length; i++)
        {
            rates[i] *= total;
            do
                types[i] = random.Below(ErrorKind.Failures.Length);
            while (Array.IndexOf(types, types[i]) < i);
        }

        return (types, rates);
    }

    private float[] FactorsByTitle(SimulationRandom random)
    {
        var types = ErrorTypes.Length;
        var factors = new float[TitleCount * types];
        var means = new double[types];
        for (var rank = 0; rank < TitleCount; rank++)
        {
            for (var type = 0; type < types; type++)
            {
                var shape = Math.Max(SmallestShape, TitleSpreadViews * BaseRates[type]);
                factors[(rank * types) + type] = (float)(random.Gamma(shape) / shape);
            }

            // One title in a hundred has a chronically higher rate of one error type: an old encode, a wrong header.
            if (random.Below(100) == 0)
                factors[(rank * types) + random.Below(types)] *= (float)random.Uniform(3, 8);
            for (var type = 0; type < types; type++)
                means[type] += titleShares[rank] * factors[(rank * types) + type];
        }

        for (var i = 0; i < factors.Length; i++)
            factors[i] = (float)(factors[i] / means[i % types]);
        return factors;
    }
}
