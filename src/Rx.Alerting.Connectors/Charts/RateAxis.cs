using System.Globalization;

namespace Rx.Alerting.Connectors.Charts;

/// <summary>The axis of error rates, from 0 to a round number.</summary>
internal sealed class RateAxis
{
    private const double Smallest = 1e-4;

    private readonly double top;
    private readonly double topY;
    private readonly double bottomY;

    /// <param name="highest">The highest rate that is to be seen, 0–1.</param>
    /// <param name="bottomY">Where 0 is.</param>
    /// <param name="topY">Where the round number is.</param>
    public RateAxis(double highest, double bottomY, double topY)
    {
        (top, this.bottomY, this.topY) = (RoundUp(highest), bottomY, topY);
        Ticks = [0, top / 2, top];
    }

    /// <summary>Rates that are labelled.</summary>
    public IReadOnlyList<double> Ticks { get; }

    public double Y(double rate) => bottomY - (rate / top * (bottomY - topY));

    public static string Label(double rate) => rate.ToString("0.###%", CultureInfo.InvariantCulture);

    /// <summary>The next one of 1, 2 and 5 times a power of ten, at most 1.</summary>
    private static double RoundUp(double highest)
    {
        var power = Smallest;
        while (power < 0.1 && power * 10 < highest)
            power *= 10;
        return new[] { power, 2 * power, 5 * power, 10 * power }.FirstOrDefault(round => round >= highest, 1);
    }
}
