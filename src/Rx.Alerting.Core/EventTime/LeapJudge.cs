using System.Runtime.InteropServices;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.EventTime;

/// <summary>
/// Tells, for one partition without arrival times, a gap in the traffic from a garbage event time. Where a view leaps ahead of
/// the newest accepted one by more than the maximum lead, the next <c>ConfirmingViews</c> views of the partition bear witness:
/// it is accepted if it is ahead of the median of their event times by no more than the maximum lead.
/// </summary>
/// <remarks>
/// After a gap the witnesses lie beyond it too and confirm; stray stamps in the far future, even several, do not move the
/// median. Only the partition's own views and their order decide, never the wall clock or the cut into batches. At most
/// <c>ConfirmingViews</c> views are suspended at a time.
/// </remarks>
internal sealed class LeapJudge(EventTimeRules rules)
{
    private readonly List<SuspendedView> suspended = [];

    /// <summary>Event times seen since the oldest suspended view.</summary>
    private readonly List<long> witnesses = [];

    public bool HasSuspended => suspended.Count > 0;

    /// <summary>Keeps a copy of <paramref name="view"/> until it can be decided.</summary>
    public void Suspend(ViewBatch batch, in View view) => suspended.Add(SuspendedView.Of(batch, view, witnesses.Count));

    /// <summary>A view of the partition has been seen, whatever becomes of it.</summary>
    public void Witness(long eventTime)
    {
        if (HasSuspended)
            witnesses.Add(eventTime);
    }

    /// <summary>Takes out the oldest suspended view if all of its witnesses have been seen.</summary>
    public bool TryJudge(out ViewBatch view, out bool accepted) =>
        TryJudge(rules.ConfirmingViews, withoutWitness: false, out view, out accepted);

    /// <summary>
    /// At the end of the partition: takes out the oldest suspended view, decided by the witnesses there are. One without any is
    /// accepted if nothing else of the partition was.
    /// </summary>
    public bool TryJudgeLast(bool nothingAccepted, out ViewBatch view, out bool accepted) =>
        TryJudge(0, nothingAccepted, out view, out accepted);

    /// <summary>Takes out the oldest suspended view at or before <paramref name="ceiling"/>.</summary>
    public bool TryRelease(long ceiling, out ViewBatch view)
    {
        var index = suspended.FindIndex(candidate => candidate.EventTime <= ceiling);
        view = index >= 0 ? TakeOut(index) : null!;
        return index >= 0;
    }

    public static string Layout { get; } = $"suspended [{SuspendedView.Layout}], witnesses [eventTime i64]";

    public void Save(StateWriter writer)
    {
        writer.Int32(suspended.Count);
        foreach (var view in suspended)
            view.Save(writer);
        writer.Int32(witnesses.Count);
        foreach (var eventTime in witnesses)
            writer.Int64(eventTime);
    }

    public void Load(StateReader reader, string partition)
    {
        suspended.Clear();
        for (var count = reader.Count(); count > 0; count--)
            suspended.Add(SuspendedView.Load(reader, partition));
        witnesses.Clear();
        for (var count = reader.Count(); count > 0; count--)
            witnesses.Add(reader.Int64());
        if (suspended.Exists(view => view.Start < 0 || view.Start > witnesses.Count))
            throw new CheckpointFormatException($"The checkpoint is damaged: a suspended view of partition “{partition}” has no place among its witnesses.");
    }

    private bool TryJudge(int fewest, bool withoutWitness, out ViewBatch view, out bool accepted)
    {
        (view, accepted) = (null!, false);
        if (!HasSuspended || witnesses.Count - suspended[0].Start < fewest)
            return false;

        var heard = CollectionsMarshal.AsSpan(witnesses)[suspended[0].Start..];
        heard = heard[..Math.Min(heard.Length, rules.ConfirmingViews)];
        accepted = heard.IsEmpty ? withoutWitness : suspended[0].EventTime <= Median(heard) + rules.MaximumLead;
        view = TakeOut(0);
        return true;
    }

    private ViewBatch TakeOut(int index)
    {
        var view = suspended[index].Batch;
        suspended.RemoveAt(index);
        // Witnesses from before the oldest suspended view are of no more use.
        var unused = HasSuspended ? suspended[0].Start : witnesses.Count;
        witnesses.RemoveRange(0, unused);
        for (var i = 0; unused > 0 && i < suspended.Count; i++)
            suspended[i] = suspended[i] with { Start = suspended[i].Start - unused };
        return view;
    }

    /// <summary>The lower one of the two in the middle where their number is even.</summary>
    private static long Median(ReadOnlySpan<long> values)
    {
        var sorted = values.ToArray();
        Array.Sort(sorted);
        return sorted[(sorted.Length - 1) / 2];
    }
}
