using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Kinesis.Reading;

/// <summary>
/// Serializes the readers of all shards before the one observer and its gate: one reader at a time pushes, or asks the gate.
/// </summary>
internal sealed class SerializedOutput(IObserver<ViewBatch> observer, IPartitionGate gate)
{
    private readonly SemaphoreSlim turn = new(1);

    internal Task<bool> IsOpenAsync(string partition, CancellationToken cancellation) =>
        AskAsync(() => gate.IsOpen(partition), cancellation);

    internal Task<bool> IsPausedAsync(CancellationToken cancellation) => AskAsync(() => gate.IsPaused, cancellation);

    private async Task<bool> AskAsync(Func<bool> ask, CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            return ask();
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Pushes batches. No batch of another reader comes between them.</summary>
    internal async Task PushAsync(IEnumerable<ViewBatch> batches, CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            foreach (var batch in batches)
            {
                cancellation.ThrowIfCancellationRequested();
                observer.OnNext(batch);
            }
        }
        finally
        {
            turn.Release();
        }
    }
}
