namespace Rx.Alerting.Core.Baselines;

/// <summary>The correction of Stirling's formula for the gamma function.</summary>
/// <remarks>The series is 6.1.41 of Abramowitz and Stegun, Handbook of Mathematical Functions (1964).</remarks>
internal static class Stirling
{
    private const double SeriesFrom = 10;
    private static readonly double[] Integers = [.. Enumerable.Range(0, 16).Select(x => x == 0 ? 0 : Correction((double)x))];

    /// <summary>ln Γ(x) − ((x − ½) ln x − x + ½ ln 2π) for x &gt; 0. Absolute error below 1e-14.</summary>
    public static double Correction(double x)
    {
        if (x >= SeriesFrom)
            return Series(x);

        // Γ(x) = Γ(x + m) / (x (x + 1) … (x + m − 1)), with m such that the series converges at x + m.
        var product = 1.0;
        var y = x;
        for (; y < SeriesFrom; y++)
            product *= y;
        return Series(y) + ((y - 0.5) * Math.Log(y)) - y - Math.Log(product) - ((x - 0.5) * Math.Log(x)) + x;
    }

    /// <summary>The correction for a whole number of at least 1.</summary>
    public static double Correction(long x) => x < Integers.Length ? Integers[x] : Series(x);

    private static double Series(double x)
    {
        var z = 1 / x;
        var square = z * z;
        var last = (1.0 / 1680) - (square * ((1.0 / 1188) - (square * (691.0 / 360360))));
        return z * ((1.0 / 12) - (square * ((1.0 / 360) - (square * ((1.0 / 1260) - (square * last))))));
    }
}
