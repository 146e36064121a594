using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Rx.Alerting.Benchmarks.Running;
using Rx.Alerting.Benchmarks.Stores;
using Rx.Alerting.Connectors.Kafka;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Pipeline;

namespace Rx.Alerting.Benchmarks.Effects;

/// <summary>Sends views in real time, runs the service's pipeline on them, and measures how long changes take.</summary>
internal static class LatencyMeasure
{
    /// <summary>Ticks that do not count, because the process warms up.</summary>
    private const int WarmUp = 100;

    /// <summary>Ticks after the last that counts. A change that has not come by then is missing.</summary>
    private const int Wait = 50;

    /// <summary>How often a second of event time is sent.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    public static void Run(Arguments arguments) => RunAsync(arguments).GetAwaiter().GetResult();

    private static async Task RunAsync(Arguments arguments)
    {
        var options = new PipelineOptions();
        var delay = (int)options.EventTime.MaximumOutOfOrderness.TotalSeconds;
        var topic = Guid.NewGuid().ToString("N");
        var turns = new Turns(arguments.Int("properties"), Seconds: 60);
        using var producer = new LiveProducer(arguments["servers"], topic, arguments.Int("partitions"), turns);
        while (producer.Second < Turns.Begin + delay)
        {
            producer.Send();
            producer.Flush();
        }

        var (channel, decisions, log) = (new TimedChannel(), new DecisionTimes(), new CheckpointLog());
        var source = new KafkaViewSource(
            new KafkaOptions { BootstrapServers = arguments["servers"], Topic = topic }, TimeProvider.System,
            NullLogger<KafkaViewSource>.Instance);
        await using var store = StoreAddress.Open(arguments["store"]);
        using var stop = new CancellationTokenSource();
        var running = new CheckpointedPipeline(
            topic, options, new CheckpointOptions(), store, [channel], TimeProvider.System, log, watch: decisions)
            .RunAsync(source, stop.Token);
        using var timer = new PeriodicTimer(Tick);
        await SendAsync(WarmUp);
        var (first, before, started) = (producer.Second, log.Commits.Count, Stopwatch.GetTimestamp());
        await SendAsync(arguments.Int("seconds") * (int)(TimeSpan.FromSeconds(1) / Tick));
        var (end, seconds) = (producer.Second, Stopwatch.GetElapsedTime(started).TotalSeconds);
        var commits = log.Commits.Count - before;
        await SendAsync(Wait);
        await stop.CancelAsync();
        await running;
        log.ThrowIfProblem();

        var latencies = new Latencies(producer, decisions, channel.Received, delay, first, end);
        var durations = log.Commits.GetRange(before, commits).ConvertAll(commit => commit.Duration.TotalMilliseconds);
        Figures.Write(
            ("commits_per_second", commits / seconds), ("changes_per_second", latencies.Count / seconds),
            ("commit_p50", Quantile.Of(durations, 0.5)), ("commit_p99", Quantile.Of(durations, 0.99)), ("commit_max", durations.Max()));
        latencies.Write();

        async Task SendAsync(int ticks)
        {
            for (; ticks > 0 && !running.IsCompleted && await timer.WaitForNextTickAsync(); ticks--)
                producer.Send();
        }
    }
}
