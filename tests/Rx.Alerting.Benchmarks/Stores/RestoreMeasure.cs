using Rx.Alerting.Benchmarks.Running;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Pipeline;

namespace Rx.Alerting.Benchmarks.Stores;

/// <summary>A process that starts on a full store, from acquiring the pipeline until it could take the next view.</summary>
internal static class RestoreMeasure
{
    public static void Run(Arguments arguments) => RunAsync(arguments).GetAwaiter().GetResult();

    private static async Task RunAsync(Arguments arguments)
    {
        var log = new CheckpointLog();
        await using var store = StoreAddress.Open(arguments["store"]);
        try
        {
            await new CheckpointedPipeline(
                StoreFill.Pipeline, new PipelineOptions(), new CheckpointOptions(), store, [], TimeProvider.System, log)
                .RunAsync(new EndedSource(), CancellationToken.None);
        }
        catch (EndOfStreamException)
        {
            // The source has ended.
        }

        log.ThrowIfProblem();
        Figures.Write(("seconds", log.Restored!.Duration.TotalSeconds), ("entries", log.Restored.Entries));
    }
}
