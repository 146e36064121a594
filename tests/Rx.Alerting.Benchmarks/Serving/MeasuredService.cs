using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using Rx.Alerting.Benchmarks.Running;
using Rx.Alerting.Testing.Servers;

namespace Rx.Alerting.Benchmarks.Serving;

/// <summary>The built service as a process of its own, in a temporary folder, on free loopback ports.</summary>
internal sealed class MeasuredService : IDisposable
{
    /// <summary>The option that names the program, and its default.</summary>
    public static readonly (string Name, string Default) Program = ("program", Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory, "../../../../../src/Rx.Alerting.Service/bin/Release/net10.0/rx-alerting.dll")));

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly string folder = Directory.CreateTempSubdirectory("rx-alerting-benchmarks-").FullName;
    private readonly StringBuilder errors = new();
    private readonly Process process;
    private readonly HttpClient metrics;

    /// <param name="program">The path of the built service.</param>
    /// <param name="store">As <see cref="Stores.StoreAddress"/> has it.</param>
    /// <param name="settings"><c>Section:Name=value</c>.</param>
    /// <param name="arguments">Further ones.</param>
    public MeasuredService(string program, string store, IEnumerable<string> settings, params string[] arguments)
    {
        if (!File.Exists(program))
            throw new FormatException($"--program {program}: there is no such file; make build makes it");
        var (port, metricsPort) = (FreePort.Find(), FreePort.Find());
        var colon = store.IndexOf(':', StringComparison.Ordinal);
        var (kind, place) = (store[..colon], store[(colon + 1)..]);
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] all =
        [
            program, "run", "--listen", $"127.0.0.1:{port}", "--metrics", $"127.0.0.1:{metricsPort}", "--store", kind,
            "--set", kind == "redis" ? $"Redis:Configuration={place}" : $"Sqlite:Path={place}",
            .. settings.SelectMany(setting => new[] { "--set", setting }), .. arguments,
        ];
        foreach (var argument in all)
            start.ArgumentList.Add(argument);
        Address = new Uri($"http://127.0.0.1:{port}");
        metrics = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{metricsPort}") };
        process = Process.Start(start)!;
        process.ErrorDataReceived += (_, line) => errors.AppendLine(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public Uri Address { get; }

    /// <summary>Resident memory, in bytes.</summary>
    public long Memory
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64;
        }
    }

    /// <summary>Ends when the service is ready.</summary>
    public async Task UntilReadyAsync()
    {
        using var client = new HttpClient { BaseAddress = Address };
        var begun = Stopwatch.GetTimestamp();
        while (!await IsReadyAsync(client))
        {
            if (process.HasExited || Stopwatch.GetElapsedTime(begun) > Patience)
                throw new ChildFailedException($"The service does not become ready: {errors}");
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        }
    }

    /// <summary>What the service has counted and used so far.</summary>
    public async Task<Reading> ReadAsync()
    {
        if (process.HasExited)
            throw new ChildFailedException($"The service has ended with exit code {process.ExitCode}: {errors}");
        var page = await metrics.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        var at = Stopwatch.GetTimestamp();
        var lines = page.Split('\n');
        return new(at, Value("rx_alerting_views_total "), Value("process_cpu_seconds_total "), ServingTimes.Of(lines));

        double Value(string name) => double.Parse(
            lines.Single(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..], CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
        metrics.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<bool> IsReadyAsync(HttpClient client)
    {
        try
        {
            using var answer = await client.GetAsync(new Uri("/health/ready", UriKind.Relative));
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false; // It does not listen yet.
        }
    }

    /// <param name="At">A timestamp of <see cref="Stopwatch"/>.</param>
    /// <param name="Views">That the pipeline has counted.</param>
    /// <param name="ProcessorSeconds">Of the whole process.</param>
    /// <param name="Serving">How long answers have taken.</param>
    public readonly record struct Reading(long At, double Views, double ProcessorSeconds, ServingTimes Serving);
}
