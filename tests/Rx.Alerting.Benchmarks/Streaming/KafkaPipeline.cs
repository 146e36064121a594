using System.Diagnostics;
using System.Reactive;
using Microsoft.Extensions.Logging.Abstractions;
using Rx.Alerting.Benchmarks.Running;
using Rx.Alerting.Benchmarks.Stores;
using Rx.Alerting.Connectors.Kafka;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.EventTime;
using Rx.Alerting.Core.Pipeline;

namespace Rx.Alerting.Benchmarks.Streaming;

/// <summary>What the service does with a topic: from Kafka to delivered incidents, committed every second; from the start to the last commit.</summary>
internal static class KafkaPipeline
{
    public static void Run(Arguments arguments)
    {
        var views = arguments.Int("views");
        var options = new PipelineOptions { EventTime = new EventTimeOptions { MaximumDrift = TimeSpan.FromMinutes(arguments.Int("maximum-drift")) } };
        var open = arguments.Int("count-open") > 0 ? new OpenViews(options.EventTime.MaximumOutOfOrderness) : null;
        var (commits, entries, slowest) = (0L, 0L, TimeSpan.Zero);
        Exception? problem = null;
        var events = Observer.Create<CheckpointEvent>(happened =>
        {
            commits += happened.Kind == CheckpointEventKind.Committed ? 1 : 0;
            entries += happened.Entries;
            slowest = happened.Duration > slowest ? happened.Duration : slowest;
            problem ??= happened.Problem;
        });
        var sink = new CountingSink();
        var started = Stopwatch.GetTimestamp();
        var kafka = new KafkaViewSource(
            new KafkaOptions { BootstrapServers = arguments["servers"], Topic = arguments["topic"] }, TimeProvider.System, NullLogger<KafkaViewSource>.Instance);
        using var source = new WatchedSource(kafka, views, open);
        RunAsync().GetAwaiter().GetResult();
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        if (problem is not null)
            throw new ChildFailedException(problem.Message);
        Figures.Write(
            ("views", views), ("seconds", seconds), ("commits", commits), ("entries", entries), ("slowest_commit", slowest.TotalSeconds),
            ("incident_changes", sink.Delivered), ("repeated", sink.Repeated));
        if (open is not null)
            Figures.Write(("open_peak", open.Peak), ("event_seconds", open.Span.TotalSeconds), ("peak_bytes", Process.GetCurrentProcess().PeakWorkingSet64));

        async Task RunAsync()
        {
            await using var store = StoreAddress.Open(arguments["store"]);
            await new CheckpointedPipeline(Guid.NewGuid().ToString("N"), options, new CheckpointOptions(), store, sink, TimeProvider.System, events).RunAsync(source, source.All);
        }
    }
}
