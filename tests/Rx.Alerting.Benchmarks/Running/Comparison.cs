using System.Globalization;

namespace Rx.Alerting.Benchmarks.Running;

/// <summary>Competitors that take turns for several rounds, and the table of their medians.</summary>
/// <param name="rounds">How often each takes its turn.</param>
/// <param name="unit">What the rates count a second.</param>
internal sealed class Comparison(int rounds, string unit)
{
    private readonly List<(string Name, Func<double> Measure, List<double> Rates)> competitors = [];

    /// <param name="name">As the table calls it.</param>
    /// <param name="measure">One measurement, in units a second.</param>
    public void Add(string name, Func<double> measure) => competitors.Add((name, measure, []));

    public void Run(string title)
    {
        for (var round = 1; round <= rounds; round++)
        {
            foreach (var (name, measure, rates) in competitors)
            {
                rates.Add(measure());
                Console.Error.WriteLine(Invariant($"  round {round} of {rounds}: {name} {rates[^1]:N0} {unit}/s"));
            }
        }

        Console.WriteLine();
        Console.WriteLine(Invariant($"{title}; medians of {rounds} rounds"));
        Console.WriteLine($"| | {unit}/s | slowest – fastest |");
        Console.WriteLine("|---|---:|---:|");
        foreach (var (name, _, rates) in competitors)
            Console.WriteLine(Invariant($"| {name} | {Median(rates):N0} | {rates.Min():N0} – {rates.Max():N0} |"));
        foreach (var (name, _, rates) in competitors.Skip(1))
            Console.WriteLine(Invariant($"ratio: {competitors[0].Name} is {Ratio(rates):0.00} × {name}"));
    }

    /// <summary>The median of each round's ratio: what disturbs a round disturbs all that take their turn in it.</summary>
    private double Ratio(List<double> rates) => Median([.. competitors[0].Rates.Zip(rates, (first, other) => first / other)]);

    private static double Median(List<double> values)
    {
        var sorted = values.Order().ToArray();
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
