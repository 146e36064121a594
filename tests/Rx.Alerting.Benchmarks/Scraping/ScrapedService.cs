using System.Diagnostics;
using System.Globalization;
using Rx.Alerting.Benchmarks.Running;
using Rx.Alerting.Testing.Servers;

namespace Rx.Alerting.Benchmarks.Scraping;

/// <summary>The service as a process of its own, in a temporary folder, on free loopback ports.</summary>
internal static class ScrapedService
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(10);

    /// <summary>Views that the service counts in a second of its processor time.</summary>
    /// <param name="arguments">Of the workload.</param>
    /// <param name="interval">Time between two scrapes. Null: only the first and the last one.</param>
    /// <param name="scrapes">Takes how long scrapes take, in milliseconds.</param>
    public static async Task<double> MeasureAsync(Arguments arguments, TimeSpan? interval, List<double> scrapes)
    {
        var folder = Directory.CreateTempSubdirectory("rx-alerting-benchmarks-").FullName;
        var port = FreePort.Find();
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in (string[])
            [arguments["program"], "run", "--listen", "127.0.0.1:0", "--metrics", $"127.0.0.1:{port}", "--speed", arguments["speed"]])
        {
            start.ArgumentList.Add(argument);
        }

        using var service = Process.Start(start)!;
        service.BeginOutputReadLine();
        service.BeginErrorReadLine();
        try
        {
            await Task.Delay(WarmUp, TimeProvider.System);
            using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
            var first = await ScrapeAsync(client, scrapes);
            var begun = Stopwatch.GetTimestamp();
            var length = TimeSpan.FromSeconds(arguments.Int("seconds"));
            while (Stopwatch.GetElapsedTime(begun) < length)
            {
                await Task.Delay(interval ?? length, TimeProvider.System);
                if (interval is not null)
                    await ScrapeAsync(client, scrapes);
            }

            var last = await ScrapeAsync(client, scrapes);
            return (last.Views - first.Views) / (last.ProcessorSeconds - first.ProcessorSeconds);
        }
        finally
        {
            service.Kill();
            await service.WaitForExitAsync();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<(double Views, double ProcessorSeconds)> ScrapeAsync(HttpClient client, List<double> scrapes)
    {
        var begun = Stopwatch.GetTimestamp();
        var page = await client.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        scrapes.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
        return (Value("rx_alerting_views_total "), Value("process_cpu_seconds_total "));

        double Value(string name) => double.Parse(
            page.Split('\n').Single(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..], CultureInfo.InvariantCulture);
    }
}
