using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Service.Api;
using Rx.Alerting.Service.Configuration;
using Rx.Alerting.Service.Pipelines;
using Rx.Alerting.Service.Terminal;

namespace Rx.Alerting.Service.Run;

/// <summary>
/// Runs the pipeline for as long as the host runs, watched by a thread of its own. A failure is logged and stops the host;
/// <see cref="HasFailed"/> then makes the process end with a failure, too.
/// </summary>
internal sealed class PipelineWorker(
    IViewSource source,
    Settings settings,
    IncidentStore store,
    IncidentPrinter printer,
    PipelineStatus status,
    IHostApplicationLifetime lifetime,
    ILogger<PipelineWorker> log) : IHostedService, IDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly TaskCompletionSource finished = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private bool disposed;

    public bool HasFailed { get; private set; }

    /// <summary>The pipeline begins when everything else has begun, so that whatever it does can be seen and stopped.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var token = stop.Token; // Taken here: the thread may begin when the host is being disposed already.
        lifetime.ApplicationStarted.Register(() => new Thread(() => Work(token)) { Name = "pipeline", IsBackground = true }.Start());
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await stop.CancelAsync();
        if (lifetime.ApplicationStarted.IsCancellationRequested)
            await finished.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Ends the pipeline where nobody has stopped it. The container calls this once for each way to the worker.</summary>
    public void Dispose()
    {
        if (disposed)
            return;

        disposed = true;
        stop.Cancel();
        stop.Dispose();
    }

    private void Work(CancellationToken stopping)
    {
        try
        {
            using var pipeline = new DetectionPipeline(settings.Pipeline);
            using var subscription = pipeline.Changes.Subscribe(change =>
            {
                store.Apply(change);
                printer.Show(change);
            });
            using var letters = pipeline.DeadLetters.Subscribe(letter =>
                RunLog.NotCounted(log, letter.Reason, letter.Partition, IncidentWords.Printable(letter.Sample)));
            var drive = new PipelineDrive(pipeline, _ => store.Advance(status.Publish(pipeline)?.Watermark));
            if (drive.Run(source, stopping))
                RunLog.SourceEnded(log, pipeline.Statistics.Views);
        }
        catch (Exception failure)
        {
            HasFailed = true;
            RunLog.PipelineFailed(log, failure);
            lifetime.StopApplication();
        }
        finally
        {
            finished.SetResult();
        }
    }
}
