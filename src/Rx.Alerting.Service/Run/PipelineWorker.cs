using Rx.Alerting.Connectors.Files;
using Rx.Alerting.Connectors.Kafka;
using Rx.Alerting.Connectors.Kinesis;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Service.Configuration;
using Rx.Alerting.Service.Sources;

namespace Rx.Alerting.Service.Run;

/// <summary>
/// Runs the pipelines of the watched stream as long as the host runs. A source that may come back is retried. Any other failure is logged
/// and stops the host; because of <see cref="HasFailed"/>, the process then ends with a failure.
/// </summary>
internal sealed class PipelineWorker(
    WatchedStream stream,
    PipelineRunner runner,
    Settings settings,
    PipelineHealth health,
    IHostApplicationLifetime lifetime,
    TimeProvider clock,
    ILogger<PipelineWorker> log) : BackgroundService
{
    private const string SourceName = "source";

    public bool HasFailed { get; private set; }

    /// <summary>The pipelines begin after everything else has begun, so that their work can be watched and stopped.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var hostStarted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var started = lifetime.ApplicationStarted.Register(hostStarted.SetResult);
        await using var stopped = stoppingToken.Register(() => hostStarted.TrySetCanceled(stoppingToken));
        try
        {
            await hostStarted.Task;
            await RunAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops, so this is no failure.
        }
        catch (Exception failure)
        {
            HasFailed = true;
            if (IsExpected(failure))
                RunLog.CannotGoOn(log, failure.Message);
            else
                RunLog.PipelineFailed(log, failure);
            lifetime.StopApplication();
        }
    }

    private async Task RunAsync(CancellationToken stop)
    {
        health.Start();
        while (true)
        {
            try
            {
                await stream.Assignments.RunAsync(runner.RunAsync, stop);
                return;
            }
            catch (KafkaSourceException problem) when (problem.MayPass)
            {
                RunLog.SourceFails(log, problem.Message);
                health.Wait(SourceName, problem.Message);
            }

            await Task.Delay(settings.Source.RetryInterval, clock, stop);
            health.Clear(SourceName);
        }
    }

    /// <summary>Whether the message alone tells the operator everything, so that no stack trace is needed.</summary>
    private static bool IsExpected(Exception failure) => failure
        is KafkaSourceException or FileSourceException or KinesisSourceException
        or CheckpointStoreException or CheckpointMissingException or CheckpointFormatException or OwnershipLostException;
}
