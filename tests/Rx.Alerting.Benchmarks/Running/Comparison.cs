using System.Globalization;

namespace Rx.Alerting.Benchmarks.Running;

/// <summary>Competitors that take turns for several rounds, and the table of their medians.</summary>
/// <param name="rounds">How often each takes its turn.</param>
/// <param name="unit">What the rates count a second.</param>
internal sealed class Comparison(int rounds, string unit)
{
    private readonly List<(string Name, Func<double> Measure, List<double> Rates)> competitors = [];

    /// <param name="name">The name in the table.</param>
    /// <param name="measure">One measurement, in units a second.</param>
    public void Add(string name, Func<double> measure) => competitors.Add((name, measure, []));

    /// <param name="title">What is measured.</param>
    /// <param name="own">How many of the first competitors are ours. Each of them is compared with each of the others.</param>
    public void Run(string title, int own = 1)
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
        foreach (var (name, _, rates) in competitors.Take(own))
        {
            foreach (var (other, _, otherRates) in competitors.Skip(own))
                Console.WriteLine(Invariant($"ratio: {name} is {Ratio(rates, otherRates):0.00} × {other}"));
        }
    }

    /// <summary>The median of the ratios of all rounds. A disturbance in a round disturbs all competitors of that round.</summary>
    private static double Ratio(List<double> rates, List<double> others) => Median([.. rates.Zip(others, (rate, other) => rate / other)]);

    private static double Median(List<double> values)
    {
        var sorted = values.Order().ToArray();
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
