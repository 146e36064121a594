using System.Text.Json;
using Rx.Alerting.Service.Tests.Run;

namespace Rx.Alerting.Service.Tests.Telemetry;

/// <summary>A service as a process of its own that reads a log with an outage in it, and exports.</summary>
internal sealed class ExportingService : IAsyncDisposable
{
    /// <summary>Views in the log. From the thousandth on, all fail.</summary>
    public const int Views = 2000;

    private readonly TemporaryFolder folder;

    private ExportingService(TemporaryFolder folder, ServiceProcess process) => (this.folder, Process) = (folder, process);

    public ServiceProcess Process { get; }

    public static ExportingService Start(string endpoint, string protocol, params string[] arguments) =>
        StartWith([], endpoint, protocol, arguments);

    /// <summary>Starts a service with variables such as <c>NAME=value</c>.</summary>
    public static ExportingService StartWith(
        IEnumerable<string> variables, string endpoint, string protocol, params string[] arguments)
    {
        var folder = new TemporaryFolder();
        folder.Write("views.jsonl", string.Concat(Enumerable.Range(0, Views).Select(View)));
        folder.Write("headers", "X-Token: s3cret-of-the-test\nX-Scope-OrgID: tenant-7\n");
        return new(folder, ServiceProcess.StartWith(
            variables,
            folder,
            [
                "--listen", "127.0.0.1:0", "--metrics", "127.0.0.1:0", "--follow", "views.jsonl",
                "--set", "Checkpoints:Interval=50ms",
                "--set", $"Telemetry:Otlp:Endpoint={endpoint}", "--set", $"Telemetry:Otlp:Protocol={protocol}",
                "--set", "Telemetry:Otlp:HeadersFile=headers", "--set", "Telemetry:Otlp:MetricsInterval=1s", .. arguments,
            ]));
    }

    /// <summary>The lines of <c>/metrics</c> with values, as <c>name{labels}</c> and value.</summary>
    public async Task<Dictionary<string, double>> ScrapeAsync()
    {
        var line = await Process.LineAsync(line => line.Contains("Metrics and health are at ", StringComparison.Ordinal));
        using var client = new HttpClient { BaseAddress = new Uri($"http://{line.Split("are at ")[1]}") };
        var page = await client.GetStringAsync(new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken);
        return page.Split('\n').Where(line => line.Length > 0 && line[0] != '#').ToDictionary(
            line => line[..line.LastIndexOf(' ')],
            line => double.Parse(line[line.LastIndexOf(' ')..], System.Globalization.CultureInfo.InvariantCulture),
            StringComparer.Ordinal);
    }

    /// <summary>Sends a command over HTTP.</summary>
    public async Task<string> CommandAsync(string json)
    {
        using var client = new HttpClient { BaseAddress = await Process.AddressAsync() };
        using var content = new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync(
            new Uri("/api/v1/control", UriKind.Relative), content, TestContext.Current.CancellationToken);
        using var reply = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return reply.RootElement.GetProperty("status").GetString()!;
    }

    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        folder.Dispose();
    }

    private static string View(int number)
    {
        var error = number < Views / 2 ? "null" : "\"network\"";
        var (title, time) = (number % 7, 1_767_225_600 + number);
        return $$"""{"property_id":"p","video_id":"v{{title}}","view_end":{{time}},"error_type":{{error}}}""" + "\n";
    }
}
