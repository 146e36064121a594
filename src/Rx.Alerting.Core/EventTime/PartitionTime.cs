using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.EventTime;

/// <summary>
/// Event time in one partition. Decides for each view, in the order of the partition, whether the view is accepted, late, or in the far
/// future. Accepted views move the partition's watermark.
/// </summary>
internal sealed class PartitionTime
{
    private readonly PartitionWatermark output;
    private readonly EventTimeBounds bounds;
    private readonly LeapJudge judge;
    private readonly PartitionDecisions decisions;

    public PartitionTime(EventTimeRules rules, PartitionWatermark output, LateViews lateViews)
    {
        this.output = output;
        bounds = new(rules);
        judge = new(rules);
        decisions = new(rules, bounds, judge, lateViews, lateViews.Of(output.Name));
    }

    public static string Layout { get; } =
        $"partition text, watermark i64, isIdle bool, hasViews bool, newestEventTime i64, {LeapJudge.Layout}";

    public string Name => output.Name;

    public bool HasViews => bounds.HasViews;

    public long Watermark => output.Watermark;

    /// <inheritdoc cref="EventTimeBounds.Ahead"/>
    public long Ahead => bounds.Ahead;

    public bool HasSuspended => judge.HasSuspended;

    /// <summary>The newest event time that has moved time. Meaningful once <see cref="HasViews"/>.</summary>
    public long NewestEventTime => bounds.NewestEventTime;

    /// <summary>
    /// Decides the views of the element's batch. Accepted views stay in the batch; suspended views that were accepted meanwhile follow
    /// them. Rejected views are counted in the batch. Late views go to the element.
    /// </summary>
    /// <param name="element">Started with the batch.</param>
    /// <param name="merged">The latest merged watermark.</param>
    /// <param name="present">Asked if the partition has been read to its end.</param>
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
            if (i < views.Length && decisions.Decide(element, views[i]))
                views[kept++] = views[i];
        }

        batch.Truncate(kept);
        if (batch.Status == PartitionStatus.Finished)
            decisions.Finish(element);
        else if (batch.Status == PartitionStatus.Idle && judge.IsJudging(bounds.Reach) && present.Now is { } now)
            decisions.AcceptUpTo(now, element);
        decisions.MoveReleasedTo(batch);
        Publish(batch.Status);
    }

    /// <summary>Sets the partition's time back to before its first view. The next views tell the time.</summary>
    public void ForgetTime()
    {
        bounds.Forget();
        output.Forget();
        judge.ForgetWitnesses();
    }

    public void Save(StateWriter writer)
    {
        writer.String(Name);
        writer.Int64(output.Watermark);
        writer.Boolean(output.IsIdle);
        writer.Boolean(bounds.HasViews);
        writer.Int64(bounds.NewestEventTime);
        judge.Save(writer);
    }

    /// <summary>Reads what <see cref="Save"/> has written, and registers the partition with the merge again.</summary>
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
}
