using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Service.Run;

/// <summary>
/// A queue of changes of incidents that wait to be printed. If too many wait, updates are dropped and counted. Openings, closings and
/// expiries are never dropped. Any thread may add; one thread takes.
/// </summary>
/// <param name="maximum">So many changes may wait before updates are dropped.</param>
internal sealed class WaitingChanges(int maximum)
{
    private readonly Lock gate = new();
    private readonly Queue<IncidentChange> waiting = new();
    private readonly SemaphoreSlim added = new(0);
    private long dropped;

    public void Add(IncidentChange change)
    {
        lock (gate)
        {
            if (change.Transition == IncidentTransition.Updated && waiting.Count >= maximum)
            {
                dropped++;
                return;
            }

            waiting.Enqueue(change);
        }

        added.Release();
    }

    /// <summary>Waits for the next change. Also gives the number of updates that were dropped since the last call.</summary>
    public async Task<(IncidentChange Change, long Dropped)> TakeAsync(CancellationToken cancel)
    {
        await added.WaitAsync(cancel);
        lock (gate)
        {
            var taken = (waiting.Dequeue(), dropped);
            dropped = 0;
            return taken;
        }
    }
}
