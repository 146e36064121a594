using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.EventTime;

/// <summary>Between which event times a partition's views are accepted without a closer look; moved by those that are accepted.</summary>
internal sealed class EventTimeBounds(EventTimeRules rules)
{
    private BoundedOutOfOrdernessWatermarks watermarks = new(rules.Bound);

    /// <summary>A view after this is not late: the partition's watermark, or the merged one where that is ahead.</summary>
    public long Floor { get; private set; } = long.MinValue;

    /// <summary>A view without arrival time is accepted at once up to here; <see cref="long.MinValue"/> before the first.</summary>
    public long Ceiling { get; private set; } = long.MinValue;

    public bool HasViews => watermarks.HasViews;

    /// <summary>The newest accepted event time; meaningful once <see cref="HasViews"/>.</summary>
    public long NewestEventTime => watermarks.MaximumEventTime;

    public long Watermark => watermarks.Watermark;

    public void RaiseFloor(long watermark) => Floor = Math.Max(Floor, watermark);

    /// <summary>A view of this event time was accepted.</summary>
    public void Advance(long eventTime)
    {
        watermarks.OnView(eventTime);
        Ceiling = eventTime + rules.MaximumLead;
        RaiseFloor(watermarks.Watermark);
    }

    /// <summary>The hot path: how many views from the first on are on time and do not leap. They are accepted.</summary>
    public int AdvanceOver(ReadOnlySpan<View> views)
    {
        var (lead, delay) = (rules.MaximumLead, rules.Bound + 1);
        var (lowest, highest, newest) = (Floor, Ceiling, NewestEventTime);
        var count = 0;
        foreach (ref readonly var view in views)
        {
            var eventTime = view.EventTime;
            var limit = view.ArrivalTime == View.NoArrivalTime ? highest : view.ArrivalTime + lead;
            if (eventTime <= lowest || eventTime > limit)
                break;
            count++;
            if (eventTime <= newest)
                continue;
            newest = eventTime;
            highest = eventTime + lead;
            lowest = Math.Max(lowest, eventTime - delay);
        }

        if (newest > NewestEventTime)
            Advance(newest);
        return count;
    }
}
