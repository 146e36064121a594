using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.EventTime;

/// <summary>
/// Judges leaps in the event time of one partition without arrival times. The views that follow a leap tell whether it is a gap in the
/// traffic or a wrong clock.
/// </summary>
/// <remarks>
/// <list type="table">
/// <listheader><term>Leap</term><description>Rule</description></listheader>
/// <item>
/// <term><em>Far</em>: more than the maximum lead ahead of the newest event time.</term>
/// <description>The view is suspended until <c>ConfirmingViews</c> more views have come. The view is accepted if it is at most the maximum
/// lead ahead of the median of their event times.</description>
/// </item>
/// <item>
/// <term><em>Near</em>: within the maximum lead, but beyond the <see cref="EventTimeRules.Reach"/>.</term>
/// <description>The view counts at once, but moves no watermark. When most of the latest <see cref="EventTimeRules.ReachingViews"/> views
/// are beyond the reach, time moves to the newest of them that is within reach of their median. So a clock that is fast by less than the
/// lead makes no other view late.</description>
/// </item>
/// </list>
/// <para>Behind a gap, the next views are behind the gap, too, so they confirm the leap. Stray stamps do not move the median as long as
/// they are fewer than half of the views. Only the partition's own views and their order decide; neither the wall clock nor the cut into
/// batches matters.</para>
/// </remarks>
internal sealed class LeapJudge(EventTimeRules rules)
{
    private readonly List<SuspendedView> suspended = [];
    private readonly Witnesses witnesses = new(rules.ReachingViews);

    public bool HasSuspended => suspended.Count > 0;

    /// <summary>
    /// Whether all views are needed as witnesses: of a suspended view, or of a near leap beyond <paramref name="reach"/>.
    /// </summary>
    public bool IsJudging(long reach) => HasSuspended || witnesses.Newest > reach;

    /// <summary>Keeps a copy of a view until it can be decided.</summary>
    public void Suspend(ViewBatch batch, in View view) => suspended.Add(SuspendedView.Of(batch, view, witnesses.Count));

    /// <summary>
    /// A view of the partition has come. Call for every near leap, and for every view while <see cref="IsJudging"/>, also for views that
    /// are not accepted.
    /// </summary>
    public void Witness(long eventTime)
    {
        if (witnesses.Add(eventTime) == 0)
            return;
        for (var i = 0; i < suspended.Count; i++)
            suspended[i] = suspended[i] with { Start = suspended[i].Start - 1 };
    }

    /// <summary>No leap is judged any more, so the witnesses are forgotten.</summary>
    public void Rest() => witnesses.Clear();

    /// <summary>Forgets the witnesses. The next views judge the suspended views.</summary>
    public void ForgetWitnesses()
    {
        witnesses.Clear();
        for (var i = 0; i < suspended.Count; i++)
            suspended[i] = suspended[i] with { Start = 0 };
    }

    /// <summary>Takes out the oldest suspended view if all of its witnesses have come.</summary>
    /// <param name="view">The view.</param>
    /// <param name="accepted">Whether the witnesses confirm the view.</param>
    /// <param name="reach">How far the view may move time: within reach of the median of its witnesses.</param>
    public bool TryJudge(out ViewBatch view, out bool accepted, out long reach) =>
        TryJudge(rules.ConfirmingViews, withoutWitness: long.MinValue, out view, out accepted, out reach);

    /// <summary>
    /// At the end of the partition: takes out the oldest suspended view, and decides it by the witnesses that there are. A view without
    /// witnesses is accepted if its event time is not after <paramref name="withoutWitness"/>.
    /// </summary>
    public bool TryJudgeLast(long withoutWitness, out ViewBatch view, out bool accepted, out long reach) =>
        TryJudge(0, withoutWitness, out view, out accepted, out reach);

    /// <summary>Takes out the first suspended view whose event time is not after <paramref name="ceiling"/>.</summary>
    public bool TryRelease(long ceiling, out ViewBatch view)
    {
        var index = suspended.FindIndex(candidate => candidate.EventTime <= ceiling);
        view = index >= 0 ? TakeOut(index) : null!;
        return index >= 0;
    }

    /// <summary>
    /// The event time to which near leaps beyond <paramref name="reach"/> move time; <see cref="long.MinValue"/> if not yet.
    /// </summary>
    public long Moved(long reach) => witnesses.IsFull && witnesses.CountAfter(reach) > witnesses.Count / 2
        ? witnesses.NewestUpTo(witnesses.Median(0, witnesses.Count) + rules.Reach)
        : long.MinValue;

    /// <inheritdoc cref="Witnesses.NewestUpTo"/>
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
            throw Damaged(partition);
    }

    private static CheckpointFormatException Damaged(string partition) =>
        new($"The checkpoint is damaged: a suspended view of partition “{partition}” has no place among its witnesses.");

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
