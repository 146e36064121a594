using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.EventTime;

/// <summary>
/// The rare path of <see cref="PartitionTime"/>: decides a view that is old, leaps ahead, or follows a leap that is still judged.
/// </summary>
/// <remarks>
/// A view ends in one of these ways:
/// <list type="table">
/// <listheader><term>The view</term><description>Where it goes</description></listheader>
/// <item><term>accepted at once</term><description>stays in its place in the batch</description></item>
/// <item><term>accepted after it was suspended</term><description>behind the batch's other views</description></item>
/// <item><term>late</term><description>to the late views of the element</description></item>
/// <item><term>in the far future</term><description>rejected, and counted in the batch</description></item>
/// </list>
/// </remarks>
/// <param name="rules">What decides about event times.</param>
/// <param name="bounds">The bounds of the partition; accepted views move them.</param>
/// <param name="judge">The leaps of the partition.</param>
/// <param name="lateViews">Counts late views by property.</param>
/// <param name="lateness">Counts late views of the partition.</param>
internal sealed class PartitionDecisions(
    EventTimeRules rules,
    EventTimeBounds bounds,
    LeapJudge judge,
    LateViews lateViews,
    Lateness lateness)
{
    private readonly List<View> released = [];

    /// <summary>Decides one view, and the suspended views that the view allows to decide.</summary>
    /// <returns>Whether the view stays in its place.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public bool Decide(TimedBatch element, in View view)
    {
        var arrives = view.ArrivalTime != View.NoArrivalTime;
        if (arrives && view.EventTime > view.ArrivalTime + rules.MaximumLead)
        {
            element.Batch.Reject(RejectionReason.FarFuture, view.Property);
            return false;
        }

        if (judge.IsJudging(bounds.Reach) || (!arrives && view.EventTime > bounds.Reach && view.EventTime <= bounds.Ceiling))
            judge.Witness(view.EventTime);
        while (judge.TryJudge(out var suspended, out var accepted, out var reach))
            Settle(element, suspended, accepted, reach);

        if (!arrives && (view.EventTime > bounds.Ceiling || !bounds.HasViews))
        {
            judge.Suspend(element.Batch, view);
            return false;
        }

        var stays = Accept(element, view, bounds.Reach);
        bounds.Advance(judge.Moved(bounds.Reach));
        Release(element, bounds.Ceiling);
        if (!judge.IsJudging(bounds.Reach))
            judge.Rest();
        return stays;
    }

    /// <summary>
    /// The partition has been read to its end for now. A leap that is not ahead of <paramref name="present"/> is accepted, because no fast
    /// clock is needed to explain the leap.
    /// </summary>
    public void AcceptUpTo(long present, TimedBatch element)
    {
        while (judge.TryRelease(present, out var suspended))
            Settle(element, suspended, accepted: true, reach: present);
        bounds.Advance(judge.NewestUpTo(Math.Min(present, bounds.Ceiling)));
        if (!judge.IsJudging(bounds.Reach))
            judge.Rest();
    }

    /// <summary>
    /// The partition has finished. Suspended views are decided by the witnesses that there are, and time moves to the newest view.
    /// </summary>
    public void Finish(TimedBatch element)
    {
        while (judge.TryJudgeLast(LatestUnconfirmed(), out var suspended, out var accepted, out var reach))
            Settle(element, suspended, accepted, reach);
        bounds.Advance(judge.NewestUpTo(bounds.Ceiling));
        judge.Rest();
    }

    /// <summary>Adds the suspended views that were accepted meanwhile to the batch.</summary>
    public void MoveReleasedTo(ViewBatch batch)
    {
        foreach (ref readonly var view in CollectionsMarshal.AsSpan(released))
            batch.Add(view);
        released.Clear();
    }

    /// <summary>The latest event time of a last view that no other view can confirm.</summary>
    private long LatestUnconfirmed() => bounds.HasViews ? bounds.NewestEventTime + EventTimeRules.LongestPause : long.MaxValue;

    /// <summary>Accepts a view, unless it is late. An accepted view moves time, unless it is beyond <paramref name="reach"/>.</summary>
    /// <returns>Whether the view is accepted.</returns>
    private bool Accept(TimedBatch element, in View view, long reach)
    {
        if (rules.IsLate(view.EventTime, bounds.Floor))
        {
            lateViews.Count(element.Batch.Bytes(view.Property));
            lateness.Count(view.EventTime, Math.Max(bounds.NewestEventTime, bounds.Floor));
            element.AddLate(view, bounds.Floor);
            return false;
        }

        if (view.ArrivalTime != View.NoArrivalTime)
            bounds.Advance(bounds.UpToArrival(view));
        else if (view.EventTime <= reach)
            bounds.Advance(view.EventTime);
        return true;
    }

    private void Settle(TimedBatch element, ViewBatch suspended, bool accepted, long reach)
    {
        var view = element.Batch.Import(suspended, suspended.Views[0]);
        if (!accepted)
        {
            element.Batch.Reject(RejectionReason.FarFuture, view.Property);
            return;
        }

        if (Accept(element, view, Math.Max(reach, bounds.Reach)))
            released.Add(view);
        Release(element, bounds.Ceiling);
    }

    /// <summary>Accepts the suspended views that are not after <paramref name="ceiling"/>.</summary>
    private void Release(TimedBatch element, long ceiling)
    {
        while (judge.HasSuspended && bounds.HasViews && judge.TryRelease(ceiling, out var suspended))
        {
            var view = element.Batch.Import(suspended, suspended.Views[0]);
            if (Accept(element, view, bounds.Reach))
                released.Add(view);
            ceiling = Math.Max(ceiling, bounds.Ceiling);
        }
    }
}
