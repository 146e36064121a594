using Rx.Alerting.Connectors.Files;
using Rx.Alerting.Connectors.Kafka;
using Rx.Alerting.Connectors.Kinesis;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Service.Configuration;
using Rx.Alerting.Service.Sources;

namespace Rx.Alerting.Service.Run;

/// <summary>
/// Runs the pipelines of the watched stream for as long as the host runs. A source that may come back is tried again; any other failure
/// is logged and stops the host, and <see cref="HasFailed"/> then makes the process end with a failure, too.
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

    /// <summary>The pipelines begin when everything else has begun, so that whatever they do can be seen and stopped.</summary>
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
            // Stopping is what was asked for.
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

    /// <summary>Whether the message says all that a person needs.</summary>
    private static bool IsExpected(Exception failure) =>
        failure is KafkaSourceException or FileSourceException or KinesisSourceException or CheckpointStoreException or CheckpointMissingException or CheckpointFormatException or OwnershipLostException;
}
