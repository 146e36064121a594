using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.EventTime;

/// <summary>Between which event times a partition's views are accepted without a closer look; moved by those that are accepted.</summary>
internal sealed class EventTimeBounds(EventTimeRules rules)
{
    private BoundedOutOfOrdernessWatermarks watermarks = new(rules.Bound);

    /// <summary>A view after this is not late: the partition's watermark, or the merged one where that is ahead.</summary>
    public long Floor { get; private set; } = long.MinValue;

    /// <summary>A view without arrival time moves time at once up to here; <see cref="long.MinValue"/> before the first.</summary>
    public long Reach { get; private set; } = long.MinValue;

    /// <summary>A view without arrival time is accepted at once up to here; <see cref="long.MinValue"/> before the first.</summary>
    public long Ceiling { get; private set; } = long.MinValue;

    public bool HasViews => watermarks.HasViews;

    /// <summary>The newest event time that has moved time; meaningful once <see cref="HasViews"/>. Views that leap may be ahead.</summary>
    public long NewestEventTime => watermarks.MaximumEventTime;

    public long Watermark => watermarks.Watermark;

    /// <summary>Views that were ahead of their arrival by more than the reach: how many since this was made.</summary>
    public long Ahead { get; private set; }

    public void RaiseFloor(long watermark) => Floor = Math.Max(Floor, watermark);

    /// <summary>Time moves to <paramref name="eventTime"/>, if that is ahead.</summary>
    public void Advance(long eventTime)
    {
        if (eventTime <= NewestEventTime)
            return;
        watermarks.OnView(eventTime);
        Reach = eventTime + rules.Reach;
        Ceiling = eventTime + rules.MaximumLead;
        RaiseFloor(watermarks.Watermark);
    }

    /// <summary>How far the view moves time by itself: to its arrival at the most.</summary>
    public long UpToArrival(in View view)
    {
        if (view.EventTime <= view.ArrivalTime)
            return view.EventTime;
        if (view.EventTime - view.ArrivalTime > rules.Reach)
            Ahead++;
        return view.ArrivalTime;
    }

    /// <summary>As before the first view.</summary>
    public void Forget()
    {
        watermarks = new(rules.Bound);
        Floor = Reach = Ceiling = long.MinValue;
    }

    /// <summary>
    /// The hot path: how many views from the first on are on time and do not leap. They are accepted. A view moves time to its arrival
    /// at the most: whatever is ahead of its arrival has a clock that is fast.
    /// </summary>
    public int AdvanceOver(ReadOnlySpan<View> views)
    {
        var (lead, reach, delay) = (rules.MaximumLead, rules.Reach, rules.Bound + 1);
        var (lowest, highest, newest) = (Floor, Reach, NewestEventTime);
        var count = 0;
        foreach (ref readonly var view in views)
        {
            var eventTime = view.EventTime;
            var arrives = view.ArrivalTime != View.NoArrivalTime;
            var limit = arrives ? view.ArrivalTime + lead : highest;
            if (eventTime <= lowest || eventTime > limit)
                break;
            count++;
            if (eventTime <= newest)
                continue;
            if (arrives)
                eventTime = UpToArrival(view);
            if (eventTime <= newest)
                continue;
            newest = eventTime;
            highest = eventTime + reach;
            lowest = Math.Max(lowest, eventTime - delay);
        }

        Advance(newest);
        return count;
    }
}
