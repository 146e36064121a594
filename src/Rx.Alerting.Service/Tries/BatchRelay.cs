using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Service.Tries;

/// <summary>
/// Hands batches from the thread of a source to another one, one at a time: the source waits until its batch is done with. So whoever takes
/// them has a thread, and a priority, of its own, and nothing is read ahead.
/// </summary>
internal sealed class BatchRelay : IObserver<ViewBatch>, IDisposable
{
    private readonly SemaphoreSlim given = new(0), taken = new(0);
    private readonly CancellationTokenSource closed = new();
    private ViewBatch? batch;
    private volatile bool isAtEnd;
    private Exception? failure;

    /// <summary>Waits for the next batch.</summary>
    /// <param name="wait">For how long.</param>
    /// <param name="stop">Gives up.</param>
    /// <param name="take">Takes the batch, which is the source's again afterwards.</param>
    /// <returns>False: no batch has come. Null: the source has ended.</returns>
    /// <exception cref="OperationCanceledException">It was given up.</exception>
    /// <exception cref="Exception">Whatever made the source fail.</exception>
    public bool? TryTake(TimeSpan wait, CancellationToken stop, Action<ViewBatch> take)
    {
        if (!given.Wait(wait, stop))
            return false;
        if (failure is not null)
            throw failure;
        if (isAtEnd)
            return null;
        try
        {
            take(batch!);
        }
        finally
        {
            taken.Release();
        }

        return true;
    }

    public void OnNext(ViewBatch value)
    {
        if (closed.IsCancellationRequested)
            return;
        batch = value;
        given.Release();
        try
        {
            taken.Wait(closed.Token);
        }
        catch (OperationCanceledException)
        {
            // Nobody takes batches any more, and the subscription ends.
        }
    }

    public void OnError(Exception error)
    {
        failure = error;
        given.Release();
    }

    public void OnCompleted()
    {
        isAtEnd = true;
        given.Release();
    }

    /// <summary>Lets the source go. The semaphores have no handles, so a source may still come to them.</summary>
    public void Dispose() => closed.Cancel();
}
