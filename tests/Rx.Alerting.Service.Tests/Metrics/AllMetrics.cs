using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Rx.Alerting.Connectors.Kafka;
using Rx.Alerting.Connectors.Otlp;
using Rx.Alerting.Connectors.Simulation;
using Rx.Alerting.Service.Configuration;
using Rx.Alerting.Service.Metrics;
using Rx.Alerting.Service.Run;
using Rx.Alerting.Service.Sources;

namespace Rx.Alerting.Service.Tests.Metrics;

/// <summary>The instruments of a service with a source. No server is asked.</summary>
internal sealed class AllMetrics : IDisposable
{
    private readonly WatchedStream stream;
    private readonly Instruments instruments = new();

    private AllMetrics(Settings settings)
    {
        var clock = new FakeTimeProvider();
        var otlp = new OtlpExport(new(), Instruments.MeterName, string.Empty, clock, NullLogger.Instance);
        stream = WatchedStreams.Open(settings, SimulationOptions.Demo, clock, NullLoggerFactory.Instance);
        Metrics = new(
            instruments, settings, stream, new(clock, NullLogger<PipelineStatus>.Instance), new(stream), otlp, clock);
        Control = new(instruments);
        _ = new AccessMetrics(instruments);
        _ = new RequestMetrics(instruments);
    }

    public ServiceMetrics Metrics { get; }

    public ControlMetrics Control { get; }

    /// <summary>One for each kind of source.</summary>
    public static IEnumerable<AllMetrics> OfAllSources()
    {
        var loader = new SettingsLoader();
        (string Key, string Value)[] set =
        [
            ("Follow:Paths", "views.log"), ("Kafka:BootstrapServers", "127.0.0.1:1"), ("Kafka:Topic", "views"),
            ("Kinesis:StreamName", "views"), ("Kinesis:Region", "eu-central-1"), ("Kinesis:ServiceUrl", "http://127.0.0.1:1"),
            ("Channels:ops:Kind", "webhook"), ("Channels:ops:Url", "http://127.0.0.1:1/"),
        ];
        loader.Add(set.Select(one => (one.Key, one.Value, "--set")));
        var settings = loader.Build();
        foreach (var kind in Enum.GetValues<SourceKind>())
            yield return new(settings with { Source = new() { Kind = kind } });
        yield return new(settings with
        {
            Source = new() { Kind = SourceKind.Kafka },
            Kafka = settings.Kafka with { Partitioning = KafkaPartitioning.ByProperty },
        });
    }

    public async Task<string> PageAsync() => Encoding.UTF8.GetString(await new Scrapes(instruments).RenderAsync(false, false));

    /// <summary>Names and types, as a page says them: <c>rx_alerting_views_total counter</c>.</summary>
    public static IEnumerable<string> TypesOf(string page) =>
        page.Split('\n').Where(line => line.StartsWith("# TYPE ", StringComparison.Ordinal)).Select(line => line["# TYPE ".Length..]);

    public void Dispose()
    {
        instruments.Dispose();
        stream.Dispose();
    }
}
