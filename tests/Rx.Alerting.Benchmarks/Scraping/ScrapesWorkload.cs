using System.Globalization;
using Rx.Alerting.Benchmarks.Running;

namespace Rx.Alerting.Benchmarks.Scraping;

/// <summary>What it costs the service to be scraped: views that it counts in a second of its processor time.</summary>
internal static class ScrapesWorkload
{
    public static readonly IReadOnlyDictionary<string, string> Options = new Dictionary<string, string>
    {
        ["program"] = Path.GetFullPath(Path.Combine(
            AppContext.BaseDirectory, "../../../../../src/Rx.Alerting.Service/bin/Release/net10.0/rx-alerting.dll")),
        ["speed"] = "2000",
        ["seconds"] = "20",
        ["interval-ms"] = "1000",
        ["rounds"] = "3",
    };

    public static void Run(Arguments arguments)
    {
        if (!File.Exists(arguments["program"]))
            throw new FormatException($"--program {arguments["program"]}: there is no such file; make build makes it");
        var scrapes = new List<double>();
        var comparison = new Comparison(arguments.Int("rounds"), "views");
        var interval = TimeSpan.FromMilliseconds(arguments.Int("interval-ms"));
        comparison.Add($"a scrape every {arguments.Int("interval-ms"):N0} ms", () => Measure(interval));
        comparison.Add("no scrape", () => Measure(null));
        comparison.Run(string.Create(
            CultureInfo.InvariantCulture,
            $"scrapes: simulated traffic at {arguments["speed"]} times real time; views in a second of processor time"));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"a scrape took {Quantile.Of(scrapes, 0.5):0.0} ms (p50), {Quantile.Of(scrapes, 0.99):0.0} ms (p99)"));

        double Measure(TimeSpan? every) =>
            ScrapedService.MeasureAsync(arguments, every, every is null ? [] : scrapes).GetAwaiter().GetResult();
    }
}
