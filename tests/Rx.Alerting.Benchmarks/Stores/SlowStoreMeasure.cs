using Rx.Alerting.Benchmarks.Running;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.EventTime;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Core.Windows;

namespace Rx.Alerting.Benchmarks.Stores;

/// <summary>Runs a pipeline on a store that may be slow, and watches the resident memory of this process.</summary>
internal static class SlowStoreMeasure
{
    public static void Run(Arguments arguments) => RunAsync(arguments).GetAwaiter().GetResult();

    private static async Task RunAsync(Arguments arguments)
    {
        var log = new CheckpointLog();
        var source = new ChurningTitles(
            arguments.Int("churn"), TimeSpan.FromSeconds(arguments.Int("seconds")), TimeSpan.FromSeconds(arguments.Int("calm")));
        await using var store = StoreAddress.Open(arguments["store"]);
        using var stop = new CancellationTokenSource();
        var options = new PipelineOptions
        {
            EventTime = new EventTimeOptions { MaximumOutOfOrderness = TimeSpan.FromSeconds(arguments.Int("disorder")) },
            Windows = new WindowOptions { MaximumTitles = arguments.Int("titles") },
        };
        var watch = new WatchedTitles();
        var pipeline = new CheckpointedPipeline(
            StoreFill.Pipeline, options, new CheckpointOptions(), store, [new CountingChannel()], TimeProvider.System, log, watch: watch);
        var running = pipeline.RunAsync(source, stop.Token);
        var (highest, titles) = (0L, 0);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (!source.Ended.IsCompleted && !running.IsCompleted && await timer.WaitForNextTickAsync())
        {
            highest = Math.Max(highest, Environment.WorkingSet);
            if (!source.IsCalm)
                titles = watch.Titles;
        }

        var calm = Environment.WorkingSet;
        await stop.CancelAsync();
        await running;
        log.ThrowIfProblem();
        Figures.Write(
            ("titles", titles), ("views", source.Views), ("offered", source.Offered), ("commits", log.Commits.Count),
            ("longest", log.Commits.Max(commit => commit.Duration.TotalSeconds)), ("highest", highest >> 20), ("calm", calm >> 20));
    }

    private sealed class WatchedTitles : IPipelineWatch
    {
        private volatile int titles;

        public int Titles => titles;

        public void Begin(string name, DetectionPipeline pipeline)
        {
            // Nothing is known yet.
        }

        public void Advance(string name, DetectionPipeline pipeline)
        {
            // Too often.
        }

        public void Settle(string name, DetectionPipeline pipeline) => titles = pipeline.Statistics.Titles;
    }
}
