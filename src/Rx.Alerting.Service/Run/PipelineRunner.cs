using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Effects;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Core.Views;
using Rx.Alerting.Service.Configuration;
using Rx.Alerting.Service.Control;
using Rx.Alerting.Service.Metrics;
using Rx.Alerting.Service.Sources;
using Rx.Alerting.Service.Telemetry;

namespace Rx.Alerting.Service.Run;

/// <summary>Runs the pipeline of one partition, or of a whole stream, from its checkpoint.</summary>
internal sealed class PipelineRunner(
    WatchedStream stream,
    Settings settings,
    ICheckpointStore store,
    IEnumerable<IChannel> channels,
    PipelineStatus status,
    PipelineHealth health,
    Liveness liveness,
    ServiceMetrics metrics,
    CommitSpans spans,
    HandOver handOver,
    ControlDispatcher control,
    RunningPipelines running,
    IObserver<CheckpointEvent> events,
    IObserver<CourierEvent> deliveries,
    TimeProvider clock,
    ILogger<PipelineRunner> log)
{
    private readonly PipelineWatches watch = new(status, metrics.Properties);

    /// <inheritdoc cref="RunPartition"/>
    public async Task RunAsync(string partition, IViewSource source, CancellationToken revoked)
    {
        var name = stream.PipelineName(partition);
        health.Wait(name);
        try
        {
            while (!await RunOnceAsync(name, source, revoked) && await handOver.AwaitAsync(name, revoked))
            {
                // This process may run the pipeline again.
            }
        }
        finally
        {
            health.Clear(name);
            if (stream.IsShared)
                Forget(name);
        }
    }

    /// <returns>False if another process has taken over the pipeline.</returns>
    private async Task<bool> RunOnceAsync(string name, IViewSource source, CancellationToken revoked)
    {
        var pipeline = new CheckpointedPipeline(
            name, settings.Pipeline, settings.Checkpoints, store, [.. channels], clock, events, deliveries, watch, handOver.Who);
        using var watched = liveness.Watch(name, () => pipeline.Step);
        using var commands = control.Register(name, pipeline);
        using var questions = running.Register(name, pipeline);
        try
        {
            await pipeline.RunAsync(source, revoked);
            if (!revoked.IsCancellationRequested)
                RunLog.SourceEnded(log, name);
            return true;
        }
        catch (OwnershipLostException lost)
        {
            metrics.LoseOwnership();
            spans.Lose(name, lost);
            if (!stream.IsShared)
                throw;
            RunLog.TakenOver(log, name, lost.Message);
            Forget(name);
            health.Wait(name, "another process has taken over what is assigned to this one");
            return false;
        }
        finally
        {
            spans.End(name);
        }
    }

    private void Forget(string pipeline)
    {
        status.Forget(pipeline);
        foreach (var channel in channels)
            channel.End(pipeline);
    }
}
