using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Service.Replay;

/// <summary>
/// Pushes a source through a pipeline until the source ends or fails, or the drive is stopped. The pipeline runs on the source's thread,
/// never on two threads at a time, and not any more after <see cref="Run"/> has returned.
/// </summary>
/// <param name="pipeline">Gets every batch, and the completion if the source completes.</param>
/// <param name="afterBatch">Called after each batch, while the pipeline is at rest.</param>
internal sealed class PipelineDrive(DetectionPipeline pipeline, Action<ViewBatch> afterBatch) : IObserver<ViewBatch>
{
    private static readonly Dictionary<string, string> FromTheBeginning = [];

    private readonly Lock gate = new();
    private readonly TaskCompletionSource ended = new();
    private bool stopped;

    /// <summary>Blocks the calling thread until nothing is in flight any more.</summary>
    /// <returns>True if the source was read to its end; false if <paramref name="stop"/> came first.</returns>
    /// <exception cref="Exception">The failure of the source or the pipeline.</exception>
    public bool Run(IViewSource source, CancellationToken stop)
    {
        using (source.Read(FromTheBeginning, pipeline.Alignment).Subscribe(this))
            WaitForEnd(stop);

        lock (gate)
            stopped = true;

        if (!ended.Task.IsCompleted)
            return false;

        ended.Task.GetAwaiter().GetResult();
        return true;
    }

    void IObserver<ViewBatch>.OnNext(ViewBatch value)
    {
        lock (gate)
        {
            if (stopped)
                return;

            try
            {
                pipeline.OnNext(value);
                afterBatch(value);
            }
            catch (Exception broken)
            {
                End(broken);
            }
        }
    }

    void IObserver<ViewBatch>.OnError(Exception error)
    {
        lock (gate)
            End(error);
    }

    void IObserver<ViewBatch>.OnCompleted()
    {
        lock (gate)
        {
            if (stopped)
                return;

            try
            {
                pipeline.OnCompleted();
                End(null);
            }
            catch (Exception broken)
            {
                End(broken);
            }
        }
    }

    private void WaitForEnd(CancellationToken stop)
    {
        try
        {
            Task.WaitAny([ended.Task], stop);
        }
        catch (OperationCanceledException)
        {
            // Being stopped is no failure. The caller sees that the source has not ended.
        }
    }

    private void End(Exception? failure)
    {
        stopped = true;
        if (failure is null)
            ended.TrySetResult();
        else
            ended.TrySetException(failure);
    }
}
