using System.Diagnostics;
using Rx.Alerting.Benchmarks.Running;
using Rx.Alerting.Benchmarks.Stores;
using Rx.Alerting.Benchmarks.Traffic;
using Rx.Alerting.Connectors.Folders;
using Rx.Alerting.Core.Dumps;
using Rx.Alerting.Core.Pipeline;

namespace Rx.Alerting.Benchmarks.Dumps;

/// <summary>Restores many titles, pushes views at full speed, and compares the time of dumps with the time before them.</summary>
internal static class DumpsMeasure
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(15);

    public static void Run(Arguments arguments) => RunAsync(arguments).GetAwaiter().GetResult();

    private static async Task RunAsync(Arguments arguments)
    {
        var (log, source) = (new CheckpointLog(), new RushingTitles(new BatchFiller(arguments.Int("properties"), arguments.Int("titles"))));
        await using var store = StoreAddress.Open(arguments["store"]);
        await using var reader = StoreAddress.Open(arguments["store"]);
        using var stop = new CancellationTokenSource();
        var options = new PipelineOptions();
        var pipeline = new CheckpointedPipeline(
            StoreFill.Pipeline, options, new(), store, [new CountingChannel()], TimeProvider.System, log);
        var running = pipeline.RunAsync(source, stop.Token);
        await Task.WhenAny(running, Task.Delay(WarmUp, TimeProvider.System));
        var folder = Directory.CreateTempSubdirectory("rx-alerting-benchmarks-").FullName;
        var (without, with) = (new DumpPeriod(source, log), new DumpPeriod(source, log));
        var (rows, bytes) = (0L, 0L);
        for (var i = 0; i < arguments.Int("dumps"); i++)
        {
            await without.MeasureAsync(Task.Delay(TimeSpan.FromSeconds(arguments.Int("seconds")), TimeProvider.System));
            var dump = new PipelineDump(options, new FolderTarget(folder), folder, 1L << 40, TimeProvider.System, reader);
            var request = new DumpRequest($"{i}", "benchmark", DumpKind.ErrorRates);
            var made = dump.RunAsync(request, StoreFill.Pipeline, pipeline, new DumpProgress(), CancellationToken.None);
            await with.MeasureAsync(made);
            (rows, bytes) = ((await made).Manifest.Rows, (await made).Manifest.Bytes);
        }

        await stop.CancelAsync();
        await running;
        Directory.Delete(folder, recursive: true);
        log.ThrowIfProblem();
        Figures.Write(
            ("rows", rows), ("megabytes", bytes / 1e6), ("seconds", with.Seconds / arguments.Int("dumps")),
            ("rate_without", without.Rate), ("rate_with", with.Rate), ("loss", 100 * (1 - (with.Rate / without.Rate))),
            ("pause_without", Quantile.Of(without.Pauses, 0.99)), ("pause_with", Quantile.Of(with.Pauses, 0.99)),
            ("commit_without", Quantile.Of(without.Durations, 0.99)), ("commit_with", Quantile.Of(with.Durations, 0.99)),
            ("memory_without", without.Megabytes), ("memory_with", with.Megabytes));
    }

    /// <summary>What was measured in some spans of time together.</summary>
    private sealed class DumpPeriod(RushingTitles source, CheckpointLog log)
    {
        private static readonly TimeSpan MemoryInterval = TimeSpan.FromMilliseconds(100);
        private long views;

        public double Seconds { get; private set; }

        public double Rate => views / Seconds;

        /// <summary>The most memory of the process.</summary>
        public double Megabytes { get; private set; }

        public List<double> Pauses { get; } = [];

        public List<double> Durations { get; } = [];

        public async Task MeasureAsync(Task span)
        {
            var (begun, viewsBefore, commitsBefore) = (Stopwatch.GetTimestamp(), source.Views, log.Commits.Count);
            while (!span.IsCompleted)
            {
                await Task.WhenAny(span, Task.Delay(MemoryInterval, TimeProvider.System));
                Megabytes = Math.Max(Megabytes, Environment.WorkingSet / 1e6);
            }

            Seconds += Stopwatch.GetElapsedTime(begun).TotalSeconds;
            views += source.Views - viewsBefore;
            foreach (var commit in log.Commits.GetRange(commitsBefore, log.Commits.Count - commitsBefore))
            {
                Pauses.Add(commit.Pause.TotalMilliseconds);
                Durations.Add(commit.Duration.TotalMilliseconds);
            }
        }
    }
}
