using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Service.Configuration;
using Rx.Alerting.Service.Sources;

namespace Rx.Alerting.Service.Run;

/// <summary>Runs the pipeline of one partition, or of a whole stream, from its checkpoint.</summary>
internal sealed class PipelineRunner(
    WatchedStream stream,
    Settings settings,
    ICheckpointStore store,
    IIncidentSink sink,
    PipelineStatus status,
    PipelineHealth health,
    IObserver<CheckpointEvent> events,
    TimeProvider clock,
    ILogger<PipelineRunner> log)
{
    /// <inheritdoc cref="RunPartition"/>
    public async Task RunAsync(string partition, IViewSource source, CancellationToken revoked)
    {
        var name = stream.PipelineName(partition);
        health.Wait(name);
        try
        {
            await new CheckpointedPipeline(name, settings.Pipeline, settings.Checkpoints, store, sink, clock, events, status).RunAsync(source, revoked);
            if (!revoked.IsCancellationRequested)
                RunLog.SourceEnded(log, name);
        }
        catch (OwnershipLostException lost) when (stream.IsShared)
        {
            // The group has given the partition to another process already, and will tell us so.
            RunLog.TakenOver(log, name, lost.Message);
            status.Forget(name);
            health.Clear(name);
            await Task.Delay(Timeout.InfiniteTimeSpan, clock, revoked).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        finally
        {
            health.Clear(name);
            if (stream.IsShared)
                status.Forget(name);
        }
    }
}
