using Rx.Alerting.Benchmarks.Running;
using Rx.Alerting.Benchmarks.Traffic;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Pipeline;

namespace Rx.Alerting.Benchmarks.Stores;

/// <summary>Restores many titles, lets some of them change, and measures the commits.</summary>
internal static class CommitsMeasure
{
    public static void Run(Arguments arguments) => RunAsync(arguments).GetAwaiter().GetResult();

    private static async Task RunAsync(Arguments arguments)
    {
        var interval = TimeSpan.FromMilliseconds(arguments.Int("interval"));
        var log = new CheckpointLog();
        var source = new ChangingTitles(
            new BatchFiller(arguments.Int("properties"), arguments.Int("titles")),
            interval,
            log,
            arguments.Int("commits"),
            1000 * arguments.Int("disorder"));
        await using var store = StoreAddress.Open(arguments["store"]);
        using var stop = new CancellationTokenSource();
        var pipeline = new CheckpointedPipeline(
            StoreFill.Pipeline, new PipelineOptions(), new CheckpointOptions { Interval = interval }, store, [new CountingChannel()],
            TimeProvider.System, log);
        var running = pipeline.RunAsync(source, stop.Token);
        await Task.WhenAny(running, source.Measured);
        await stop.CancelAsync();
        await running;
        log.ThrowIfProblem();

        var commits = log.Commits.Skip(source.FirstMeasured).Take(arguments.Int("commits")).ToList();
        var durations = commits.ConvertAll(commit => commit.Duration.TotalMilliseconds);
        var pauses = commits.ConvertAll(commit => commit.Pause.TotalMilliseconds);
        Figures.Write(
            ("commits", commits.Count), ("entries", Quantile.Of(commits.ConvertAll(commit => (double)commit.Entries), 0.5)),
            ("commit_p50", Quantile.Of(durations, 0.5)), ("commit_p99", Quantile.Of(durations, 0.99)), ("commit_max", durations.Max()),
            ("pause_p50", Quantile.Of(pauses, 0.5)), ("pause_p99", Quantile.Of(pauses, 0.99)), ("pause_max", pauses.Max()),
            ("collections", GC.CollectionCount(2)),
            ("restore_seconds", log.Restored!.Duration.TotalSeconds), ("restored", log.Restored.Entries));
    }
}
