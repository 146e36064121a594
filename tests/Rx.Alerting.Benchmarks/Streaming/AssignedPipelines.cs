using System.Diagnostics;
using System.Globalization;
using System.Net.NetworkInformation;
using System.Reactive;
using System.Reactive.Linq;
using Microsoft.Extensions.Logging.Abstractions;
using Rx.Alerting.Benchmarks.Running;
using Rx.Alerting.Benchmarks.Stores;
using Rx.Alerting.Connectors.Kafka;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Benchmarks.Streaming;

/// <summary>A pipeline for each partition, as in the service; measured when all of the topic has been read.</summary>
internal static class AssignedPipelines
{
    public static void Run(Arguments arguments) => RunAsync(arguments).GetAwaiter().GetResult();

    private static async Task RunAsync(Arguments arguments)
    {
        var started = Stopwatch.GetTimestamp();
        var left = (long)arguments.Int("views");
        var all = new TaskCompletionSource();
        using var stop = new CancellationTokenSource();
        await using var store = StoreAddress.Open(arguments["store"]);
        var run = Guid.NewGuid().ToString("N");
        var events = Observer.Create<CheckpointEvent>(_ => { });
        var options = new KafkaOptions
        {
            BootstrapServers = arguments["servers"],
            Topic = arguments["topic"],
            GroupId = run,
            Partitioning = KafkaPartitioning.ByProperty,
        };
        var assignments = new KafkaPartitionAssignments(options, TimeProvider.System, NullLogger<KafkaPartitionAssignments>.Instance);
        var running = assignments.RunAsync(
            (partition, source, revoked) => new CheckpointedPipeline(
                $"{run}/{partition}", new PipelineOptions(), new CheckpointOptions(), store, [new CountingChannel()],
                TimeProvider.System, events).RunAsync(
                    new Counted(source, Count), revoked),
            stop.Token);
        await await Task.WhenAny(all.Task, running);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        using var process = Process.GetCurrentProcess();
        Figures.Write(
            ("seconds", seconds), ("connections", Connections(arguments["servers"])), ("threads", process.Threads.Count),
            ("bytes", process.WorkingSet64), ("peak_bytes", process.PeakWorkingSet64));
        await stop.CancelAsync();
        await running;

        void Count(int views)
        {
            if (Interlocked.Add(ref left, -views) <= 0)
                all.TrySetResult();
        }
    }

    /// <summary>Connections to the broker. All of them are of this process, because the broker serves no other.</summary>
    private static int Connections(string servers)
    {
        var port = int.Parse(servers.AsSpan(servers.LastIndexOf(':') + 1), NumberStyles.None, CultureInfo.InvariantCulture);
        return IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpConnections()
            .Count(connection => connection.State == TcpState.Established && connection.RemoteEndPoint.Port == port);
    }

    private sealed class Counted(IViewSource source, Action<int> count) : IViewSource
    {
        public IObservable<ViewBatch> Read(IReadOnlyDictionary<string, string> positions, IPartitionGate gate) =>
            source.Read(positions, gate).Do(batch => count(batch.ViewCount));

        public void Committed(IReadOnlyDictionary<string, string> positions) => source.Committed(positions);
    }
}
