namespace Rx.Alerting.Connectors.Simulation;

/// <summary>The properties with their titles, in the order of their traffic.</summary>
internal sealed class SimulatedWorld
{
    private const ulong Stream = 1;

    /// <summary>Of what is always worse in a property. A stream of its own leaves the rest of the world as it is.</summary>
    private const ulong WorseStream = 6;

    /// <summary>One in so many properties is a channel, which has one title.</summary>
    private const int ChannelEvery = 8;

    public SimulatedWorld(SimulationOptions options)
    {
        Names = new SimulatedNames(options.Seed);
        var random = new SimulationRandom(options.Seed, Stream);
        var worse = new SimulationRandom(options.Seed, WorseStream);
        var shares = AliasTable.ZipfWeights(options.Properties, 0.9);
        var titles = TitleCounts(random, shares, options.Titles);
        Properties = new SimulatedProperty[options.Properties];
        var first = 0;
        for (var i = 0; i < Properties.Length; i++)
        {
            Properties[i] = new SimulatedProperty(random, worse, i, shares[i], first, titles[i]);
            first += titles[i];
        }
    }

    public SimulatedNames Names { get; }

    public SimulatedProperty[] Properties { get; }

    /// <summary>The relative intensity of all traffic at an event time. The average over a week is 1.</summary>
    public double IntensityAt(long time)
    {
        var sum = 0.0;
        foreach (var property in Properties)
            sum += property.Share * property.Profile.At(time);
        return sum;
    }

    /// <summary>
    /// Divides the titles among properties. Larger properties have more, though not in proportion. Each has at least one.
    /// </summary>
    private static int[] TitleCounts(SimulationRandom random, double[] shares, int titles)
    {
        var weights = new double[shares.Length];
        var sum = 0.0;
        for (var i = 0; i < shares.Length; i++)
        {
            var channel = i % ChannelEvery == ChannelEvery - 2;
            sum += weights[i] = channel ? 0 : Math.Sqrt(shares[i]) * random.LogUniform(0.5, 2);
        }

        var counts = new int[shares.Length];
        var left = titles - counts.Length;
        for (var i = 0; i < counts.Length; i++)
        {
            var more = sum > 0 ? (int)(left * (weights[i] / sum)) : 0;
            counts[i] = 1 + more;
            left -= more;
            sum -= weights[i];
        }

        return counts;
    }
}
