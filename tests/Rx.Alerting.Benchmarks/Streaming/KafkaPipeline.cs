using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Rx.Alerting.Benchmarks.Running;
using Rx.Alerting.Benchmarks.Stores;
using Rx.Alerting.Connectors.Kafka;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.EventTime;
using Rx.Alerting.Core.Pipeline;

namespace Rx.Alerting.Benchmarks.Streaming;

/// <summary>
/// Runs the service's pipeline on a topic, from Kafka to delivered incidents, with a commit every second. Measures from start to last
/// commit.
/// </summary>
internal static class KafkaPipeline
{
    public static void Run(Arguments arguments) => WarmPasses.Run(arguments, () => PassAsync(arguments).GetAwaiter().GetResult());

    private static async Task<double> PassAsync(Arguments arguments)
    {
        var views = arguments.Int("views");
        var drift = TimeSpan.FromMinutes(arguments.Int("maximum-drift"));
        var options = new PipelineOptions { EventTime = new EventTimeOptions { MaximumDrift = drift } };
        var open = arguments.Int("count-open") > 0 ? new OpenViews(options.EventTime.MaximumOutOfOrderness) : null;
        var (channel, log) = (new CountingChannel(), new CheckpointLog());
        var (started, used) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        var kafka = new KafkaViewSource(
            new KafkaOptions { BootstrapServers = arguments["servers"], Topic = arguments["topic"] }, TimeProvider.System,
            NullLogger<KafkaViewSource>.Instance);
        using var source = new WatchedSource(kafka, views, open);
        await using (var store = StoreAddress.Open(arguments["store"]))
            await new CheckpointedPipeline(
                Guid.NewGuid().ToString("N"),
                options,
                new CheckpointOptions(),
                store,
                [channel],
                TimeProvider.System,
                log).RunAsync(source, source.All);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        log.ThrowIfProblem();
        Figures.Write(
            ("seconds", seconds), ("cpu_seconds", (Environment.CpuUsage.TotalTime - used).TotalSeconds),
            ("first_after", source.First.TotalSeconds), ("last_after", source.Last.TotalSeconds), ("commits", log.Commits.Count),
            ("entries", log.Commits.Sum(commit => commit.Entries)),
            ("slowest_commit", log.Commits.Max(commit => commit.Duration).TotalSeconds), ("incident_changes", channel.Delivered),
            ("repeated", channel.Repeated));
        if (open is not null)
            Figures.Write(
                ("open_peak", open.Peak),
                ("event_seconds", open.Span.TotalSeconds),
                ("peak_bytes", Process.GetCurrentProcess().PeakWorkingSet64));
        return seconds;
    }
}
