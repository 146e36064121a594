using System.Diagnostics;
using Rx.Alerting.Benchmarks.Running;
using Rx.Alerting.Benchmarks.Stores;
using Rx.Alerting.Benchmarks.Streaming;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Effects;
using Rx.Alerting.Core.Pipeline;

namespace Rx.Alerting.Benchmarks.Effects;

/// <summary>Runs views through a pipeline with a good channel, and perhaps bad ones beside it.</summary>
internal static class ChannelsMeasure
{
    public static void Run(Arguments arguments) => WarmPasses.Run(arguments, () => PassAsync(arguments).GetAwaiter().GetResult());

    private static async Task<double> PassAsync(Arguments arguments)
    {
        var views = arguments.Int("views");
        var turns = new Turns(arguments.Int("properties"), arguments.Int("turn"));
        var (good, decisions, log) = (new TimedChannel(), new DecisionTimes(), new CheckpointLog());
        var used = Environment.CpuUsage.TotalTime;
        IChannel[] channels = [good, new HangingChannel(), new FailingChannel()];
        using var source = new WatchedSource(new TurnsSource(turns, views), views);
        await using (var store = StoreAddress.Open(arguments["store"]))
        {
            await new CheckpointedPipeline(
                Guid.NewGuid().ToString("N"), new PipelineOptions(), new CheckpointOptions(), store,
                channels[..arguments.Int("channels")], TimeProvider.System, log, watch: decisions).RunAsync(source, source.All);
        }

        log.ThrowIfProblem();
        if (decisions.All.Except(good.Received.Select(effect => effect.Id)).Any())
            throw new ChildFailedException("The good channel did not get everything.");
        var waits = good.Received.Select(effect => Stopwatch.GetElapsedTime(decisions.Of(effect.Id), effect.At).TotalSeconds).ToList();
        Figures.Write(
            ("cpu_seconds", (Environment.CpuUsage.TotalTime - used).TotalSeconds), ("commits", log.Commits.Count),
            ("slowest_commit", log.Commits.Max(commit => commit.Duration.TotalSeconds)),
            ("changes", waits.Count), ("longest_wait", waits.Max()));
        // The end is not measured: a channel that hangs is waited for there.
        return source.Last.TotalSeconds;
    }
}
