using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.EventTime;

/// <summary>
/// Judges leaps in the event time of one partition without arrival times: a gap in the traffic is told from a wrong clock by the
/// views that follow.
/// </summary>
/// <remarks>
/// <para>A <em>far leap</em> is ahead of the newest event time by more than the maximum lead. Such a view is suspended until
/// <c>ConfirmingViews</c> more have come. It is accepted if it is ahead of the median of their event times by no more than the maximum lead.</para>
/// <para>A <em>near leap</em> is within the maximum lead and beyond the <see cref="EventTimeRules.Reach"/>. Such a view is counted at
/// once, but moves no watermark. When most of the latest <see cref="EventTimeRules.ReachingViews"/> views are beyond the reach, time moves to the
/// newest of them that is within reach of their median. So a clock that is fast by less than the lead makes no other view late.</para>
/// <para>After a gap the views that follow lie beyond it, too, and confirm. Stray stamps, fewer than half of the views, do not move the
/// median. Only the partition's own views and their order decide, never the wall clock or the cut into batches.</para>
/// </remarks>
internal sealed class LeapJudge(EventTimeRules rules)
{
    private readonly List<SuspendedView> suspended = [];
    private readonly Witnesses witnesses = new(rules.ReachingViews);

    public bool HasSuspended => suspended.Count > 0;

    /// <summary>Whether views have to bear witness, for a suspended view or for a near leap beyond <paramref name="reach"/>.</summary>
    public bool IsJudging(long reach) => HasSuspended || witnesses.Newest > reach;

    /// <summary>Keeps a copy of <paramref name="view"/> until it can be decided.</summary>
    public void Suspend(ViewBatch batch, in View view) => suspended.Add(SuspendedView.Of(batch, view, witnesses.Count));

    /// <summary>A view of the partition has been seen, whatever becomes of the view. To be called for every near leap, and for all views while <see cref="IsJudging"/>.</summary>
    public void Witness(long eventTime)
    {
        if (witnesses.Add(eventTime) == 0)
            return;
        for (var i = 0; i < suspended.Count; i++)
            suspended[i] = suspended[i] with { Start = suspended[i].Start - 1 };
    }

    /// <summary>Nothing is judged any more: the witnesses are forgotten.</summary>
    public void Rest() => witnesses.Clear();

    /// <summary>Suspended views are judged by the views that come from now on.</summary>
    public void ForgetWitnesses()
    {
        witnesses.Clear();
        for (var i = 0; i < suspended.Count; i++)
            suspended[i] = suspended[i] with { Start = 0 };
    }

    /// <summary>Takes out the oldest suspended view if all of its witnesses have been seen.</summary>
    /// <param name="view">The view.</param>
    /// <param name="accepted">Whether its witnesses confirm the view.</param>
    /// <param name="reach">How far time may move by the view: within reach of the median of its witnesses.</param>
    public bool TryJudge(out ViewBatch view, out bool accepted, out long reach) =>
        TryJudge(rules.ConfirmingViews, withoutWitness: long.MinValue, out view, out accepted, out reach);

    /// <summary>
    /// At the end of the partition: takes out the oldest suspended view, decided by the witnesses there are. A view without any is
    /// accepted if its event time is not after <paramref name="withoutWitness"/>.
    /// </summary>
    public bool TryJudgeLast(long withoutWitness, out ViewBatch view, out bool accepted, out long reach) =>
        TryJudge(0, withoutWitness, out view, out accepted, out reach);

    /// <summary>Takes out the oldest suspended view at or before <paramref name="ceiling"/>.</summary>
    public bool TryRelease(long ceiling, out ViewBatch view)
    {
        var index = suspended.FindIndex(candidate => candidate.EventTime <= ceiling);
        view = index >= 0 ? TakeOut(index) : null!;
        return index >= 0;
    }

    /// <summary>To where near leaps beyond <paramref name="reach"/> move time; <see cref="long.MinValue"/>: they do not yet.</summary>
    public long Moved(long reach) => witnesses.IsFull && witnesses.CountAfter(reach) > witnesses.Count / 2
        ? witnesses.NewestUpTo(witnesses.Median(0, witnesses.Count) + rules.Reach)
        : long.MinValue;

    /// <summary>The newest witness at or before <paramref name="limit"/>; <see cref="long.MinValue"/>: there is none.</summary>
    public long NewestUpTo(long limit) => witnesses.NewestUpTo(limit);

    public static string Layout { get; } = $"suspended [{SuspendedView.Layout}], {Witnesses.Layout}";

    public void Save(StateWriter writer)
    {
        writer.Int32(suspended.Count);
        foreach (var view in suspended)
            view.Save(writer);
        witnesses.Save(writer);
    }

    public void Load(StateReader reader, string partition)
    {
        suspended.Clear();
        for (var count = reader.Count(); count > 0; count--)
            suspended.Add(SuspendedView.Load(reader, partition));
        witnesses.Load(reader);
        if (suspended.Exists(view => view.Start < 0 || view.Start > witnesses.Count))
            throw new CheckpointFormatException($"The checkpoint is damaged: a suspended view of partition “{partition}” has no place among its witnesses.");
    }

    private bool TryJudge(int fewest, long withoutWitness, out ViewBatch view, out bool accepted, out long reach)
    {
        (view, accepted, reach) = (null!, false, long.MinValue);
        if (!HasSuspended || witnesses.Count - suspended[0].Start < fewest)
            return false;

        var (eventTime, start) = (suspended[0].EventTime, suspended[0].Start);
        if (start == witnesses.Count)
        {
            (accepted, reach) = (eventTime <= withoutWitness, withoutWitness);
        }
        else
        {
            var median = witnesses.Median(start, rules.ConfirmingViews);
            (accepted, reach) = (eventTime <= median + rules.MaximumLead, median + rules.Reach);
        }

        view = TakeOut(0);
        return true;
    }

    private ViewBatch TakeOut(int index)
    {
        var view = suspended[index].Batch;
        suspended.RemoveAt(index);
        return view;
    }
}
