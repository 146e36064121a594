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
    private readonly Lateness lateness;
    private readonly List<View> released = [];

    public PartitionTime(EventTimeRules rules, PartitionWatermark output, LateViews lateViews)
    {
        this.rules = rules;
        this.output = output;
        this.lateViews = lateViews;
        lateness = lateViews.Of(output.Name);
        bounds = new(rules);
        judge = new(rules);
    }

    public string Name => output.Name;

    public bool HasViews => bounds.HasViews;

    public long Watermark => output.Watermark;

    /// <inheritdoc cref="EventTimeBounds.Ahead"/>
    public long Ahead => bounds.Ahead;

    public bool HasSuspended => judge.HasSuspended;

    /// <summary>The newest event time that has moved time; meaningful once <see cref="HasViews"/>.</summary>
    public long NewestEventTime => bounds.NewestEventTime;

    /// <summary>
    /// Decides the views of the batch of <paramref name="element"/>; the accepted ones stay, followed by suspended ones that
    /// were accepted meanwhile. Rejected ones are counted in the batch, late ones go to the element.
    /// </summary>
    /// <param name="element">Started with the batch.</param>
    /// <param name="merged">The merged watermark emitted last.</param>
    /// <param name="present">Asked where the partition has been read to its end.</param>
    public void Take(TimedBatch element, long merged, Present present)
    {
        bounds.RaiseFloor(merged);
        var batch = element.Batch;
        var views = batch.Views;
        var kept = 0;
        for (var i = 0; i < views.Length; i++)
        {
            var plain = judge.IsJudging(bounds.Reach) ? 0 : bounds.AdvanceOver(views[i..]);
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
        else if (batch.Status == PartitionStatus.Idle && judge.IsJudging(bounds.Reach) && present.Now is { } now)
            BelieveUpTo(now, element);
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

    /// <summary>The partition's time is as before its first view: the views that come next tell it.</summary>
    public void ForgetTime()
    {
        bounds.Forget();
        output.Forget();
        judge.ForgetWitnesses();
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

    /// <summary>Late, or on time; then the view moves time, unless it is beyond <paramref name="reach"/>.</summary>
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

    /// <summary>Accepts the suspended views up to <paramref name="ceiling"/>.</summary>
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

    /// <summary>Nothing more can be read just now: a leap that is not after <paramref name="limit"/> is no fault of a clock.</summary>
    private void BelieveUpTo(long limit, TimedBatch element)
    {
        while (judge.TryRelease(limit, out var suspended))
            Settle(element, suspended, accepted: true, reach: limit);
        bounds.Advance(judge.NewestUpTo(Math.Min(limit, bounds.Ceiling)));
        if (!judge.IsJudging(bounds.Reach))
            judge.Rest();
    }

    /// <summary>The partition has ended: decides what is suspended by what has been seen. Time moves to the newest view.</summary>
    private void Flush(TimedBatch element)
    {
        while (judge.TryJudgeLast(bounds.HasViews ? bounds.NewestEventTime + EventTimeRules.LongestPause : long.MaxValue, out var suspended, out var accepted, out var reach))
            Settle(element, suspended, accepted, reach);
        bounds.Advance(judge.NewestUpTo(bounds.Ceiling));
        judge.Rest();
    }
}
