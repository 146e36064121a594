namespace Rx.Alerting.Connectors.Simulation;

/// <summary>
/// Random numbers that are the same for a seed on every machine and in every version of .NET. The numbers of <see cref="Random"/> may
/// change. The streams of a seed are independent of each other, so to draw more numbers from a stream does not change the others.
/// </summary>
/// <remarks>xoshiro256** 1.0 (Blackman and Vigna, 2018), seeded by SplitMix64 (Steele, Lea and Flood, 2014).</remarks>
internal sealed class SimulationRandom
{
    private ulong a, b, c, d;

    public SimulationRandom(long seed, ulong stream)
    {
        var state = Mix((ulong)seed) ^ Mix(stream + 0x5851F42D4C957F2D);
        a = Mix(state += Golden);
        b = Mix(state += Golden);
        c = Mix(state += Golden);
        d = Mix(state + Golden);
    }

    private const ulong Golden = 0x9E3779B97F4A7C15;

    /// <summary>A bijection of 64 bits without visible pattern: the output function of SplitMix64.</summary>
    public static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }

    public ulong NextBits()
    {
        var result = ulong.RotateLeft(b * 5, 7) * 9;
        var shifted = b << 17;
        c ^= a;
        d ^= b;
        b ^= c;
        a ^= d;
        c ^= shifted;
        d = ulong.RotateLeft(d, 45);
        return result;
    }

    /// <summary>Uniform; at least 0, less than 1.</summary>
    public double NextDouble() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform; at least 0, less than <paramref name="bound"/>.</summary>
    public int Below(int bound) => (int)Math.BigMul(NextBits(), (ulong)bound, out _);

    public bool Chance(double probability) => NextDouble() < probability;

    public double Uniform(double from, double to) => from + ((to - from) * NextDouble());

    /// <summary>Uniform in the logarithm: as likely from 1 to 10 as from 10 to 100.</summary>
    public double LogUniform(double from, double to) => from * Math.Exp(NextDouble() * Math.Log(to / from));

    /// <summary>Exponential with mean 1.</summary>
    public double Exponential() => -Math.Log(1 - NextDouble());
}
