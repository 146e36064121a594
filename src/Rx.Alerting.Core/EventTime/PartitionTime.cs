using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.EventTime;

/// <summary>
/// Event time in one partition: decides for each view, in the order of the partition, whether it is accepted, late or in the
/// far future, and moves the partition's watermark by the accepted ones.
/// </summary>
internal sealed class PartitionTime
{
    private readonly EventTimeRules rules;
    private readonly PartitionWatermark output;
    private readonly EventTimeBounds bounds;
    private readonly LeapJudge judge;
    private readonly LateViews lateViews;
    private readonly List<View> released = [];

    public PartitionTime(EventTimeRules rules, PartitionWatermark output, LateViews lateViews)
    {
        this.rules = rules;
        this.output = output;
        this.lateViews = lateViews;
        bounds = new(rules);
        judge = new(rules);
    }

    public string Name => output.Name;

    public bool HasViews => bounds.HasViews;

    public long Watermark => output.Watermark;

    public bool HasSuspended => judge.HasSuspended;

    /// <summary>The newest accepted event time; meaningful once <see cref="HasViews"/>.</summary>
    public long NewestEventTime => bounds.NewestEventTime;

    /// <summary>
    /// Decides the views of the batch of <paramref name="element"/>; the accepted ones stay, followed by suspended ones that
    /// were accepted meanwhile. Rejected ones are counted in the batch, late ones go to the element.
    /// </summary>
    /// <param name="element">Started with the batch.</param>
    /// <param name="merged">The merged watermark emitted last.</param>
    public void Take(TimedBatch element, long merged)
    {
        bounds.RaiseFloor(merged);
        var batch = element.Batch;
        var views = batch.Views;
        var kept = 0;
        for (var i = 0; i < views.Length; i++)
        {
            var plain = judge.HasSuspended ? 0 : bounds.AdvanceOver(views[i..]);
            if (kept != i)
                views.Slice(i, plain).CopyTo(views[kept..]);
            kept += plain;
            i += plain;
            if (i < views.Length && Decide(element, views[i]))
                views[kept++] = views[i];
        }

        batch.Truncate(kept);
        if (batch.Status == PartitionStatus.Finished)
            Flush(element);
        foreach (ref readonly var view in CollectionsMarshal.AsSpan(released))
            batch.Add(view);
        released.Clear();
        Publish(batch.Status);
    }

    public static string Layout { get; } = $"partition text, watermark i64, isIdle bool, hasViews bool, newestEventTime i64, {LeapJudge.Layout}";

    public void Save(StateWriter writer)
    {
        writer.String(Name);
        writer.Int64(output.Watermark);
        writer.Boolean(output.IsIdle);
        writer.Boolean(bounds.HasViews);
        writer.Int64(bounds.NewestEventTime);
        judge.Save(writer);
    }

    /// <summary>Reads what <see cref="Save"/> has written, and takes part in the merge again.</summary>
    public static PartitionTime Load(StateReader reader, EventTimeRules rules, WatermarkMultiplexer multiplexer, LateViews lateViews)
    {
        var output = multiplexer.Register(new PartitionWatermark(reader.String()!, reader.Int64(), reader.Boolean()));
        var partition = new PartitionTime(rules, output, lateViews);
        var hasViews = reader.Boolean();
        var newest = reader.Int64();
        if (hasViews)
            partition.bounds.Advance(newest);
        partition.bounds.RaiseFloor(output.Watermark);
        partition.judge.Load(reader, partition.Name);
        return partition;
    }

    private void Publish(PartitionStatus status)
    {
        output.MarkActive();
        output.Advance(bounds.Watermark);
        if (status == PartitionStatus.Idle)
            output.MarkIdle();
    }

    /// <summary>The rare path: a view that is old, leaps ahead, or follows one that does. True: it stays in its place.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool Decide(TimedBatch element, in View view)
    {
        if (view.ArrivalTime != View.NoArrivalTime && view.EventTime > view.ArrivalTime + rules.MaximumLead)
        {
            element.Batch.Reject(RejectionReason.FarFuture, view.Property);
            return false;
        }

        judge.Witness(view.EventTime);
        while (judge.TryJudge(out var suspended, out var accepted))
            Settle(element, suspended, accepted);

        if (view.ArrivalTime == View.NoArrivalTime && (view.EventTime > bounds.Ceiling || !bounds.HasViews))
        {
            judge.Suspend(element.Batch, view);
            return false;
        }

        if (!Accept(element, view))
            return false;
        Release(element);
        return true;
    }

    /// <summary>Late, or on time and moving the watermark.</summary>
    private bool Accept(TimedBatch element, in View view)
    {
        if (rules.IsLate(view.EventTime, bounds.Floor))
        {
            lateViews.Count(element.Batch.Bytes(view.Property));
            element.AddLate(view, bounds.Floor);
            return false;
        }

        if (view.EventTime > bounds.NewestEventTime)
            bounds.Advance(view.EventTime);
        return true;
    }

    private void Settle(TimedBatch element, ViewBatch suspended, bool accepted)
    {
        var view = element.Batch.Import(suspended, suspended.Views[0]);
        if (!accepted)
        {
            element.Batch.Reject(RejectionReason.FarFuture, view.Property);
            return;
        }

        if (Accept(element, view))
            released.Add(view);
        Release(element);
    }

    /// <summary>Accepts the suspended views that have come within reach.</summary>
    private void Release(TimedBatch element)
    {
        while (bounds.HasViews && judge.TryRelease(bounds.Ceiling, out var suspended))
        {
            var view = element.Batch.Import(suspended, suspended.Views[0]);
            if (Accept(element, view))
                released.Add(view);
        }
    }

    /// <summary>The partition has ended: decides what is suspended by what has been seen.</summary>
    private void Flush(TimedBatch element)
    {
        while (judge.TryJudgeLast(!bounds.HasViews, out var suspended, out var accepted))
            Settle(element, suspended, accepted);
    }
}
