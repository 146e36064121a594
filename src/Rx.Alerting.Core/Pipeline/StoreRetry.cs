using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Core.Pipeline;

/// <summary>Asks a store again until it answers: outages pass, and every call may be repeated.</summary>
internal sealed class StoreRetry(string pipeline, TimeSpan interval, TimeProvider clock, IObserver<CheckpointEvent> events)
{
    /// <param name="id">Number of the commit that the call is about.</param>
    /// <param name="call">Can be repeated.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<T> RunAsync<T>(long id, Func<CancellationToken, Task<T>> call, CancellationToken cancel)
    {
        while (true)
        {
            var started = clock.GetTimestamp();
            try
            {
                return await call(cancel);
            }
            catch (CheckpointStoreException problem) when (MayPass(problem.Problem))
            {
                events.OnNext(new(pipeline, CheckpointEventKind.Retrying, id, 0, clock.GetElapsedTime(started), problem));
            }

            await Task.Delay(interval, clock, cancel);
        }
    }

    private static bool MayPass(CheckpointStoreProblem problem) =>
        problem is CheckpointStoreProblem.Unavailable or CheckpointStoreProblem.Full or CheckpointStoreProblem.ReadOnly;
}
