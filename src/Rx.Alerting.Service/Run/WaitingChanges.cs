using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Service.Run;

/// <summary>
/// Changes of incidents that wait to be printed, in their order. Where more wait than may, updates are dropped and counted; an opening, a closing or an
/// expiry never is. One thread takes, any may add.
/// </summary>
/// <param name="maximum">So many may wait before updates are dropped.</param>
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

    /// <summary>Waits for the next change, and tells how many updates were dropped since the change before.</summary>
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
