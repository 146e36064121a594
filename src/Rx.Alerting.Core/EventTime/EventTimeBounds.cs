using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.EventTime;

/// <summary>The event times between which views of a partition are accepted at once. Accepted views move these bounds.</summary>
internal sealed class EventTimeBounds(EventTimeRules rules)
{
    private BoundedOutOfOrdernessWatermarks watermarks = new(rules.Bound);

    /// <summary>A view after the floor is not late. The later of the partition's watermark and the merged watermark.</summary>
    public long Floor { get; private set; } = long.MinValue;

    /// <summary>
    /// Up to the reach, a view without arrival time is accepted and moves time at once. <see cref="long.MinValue"/> before the first view.
    /// </summary>
    public long Reach { get; private set; } = long.MinValue;

    /// <summary>
    /// Up to the ceiling, a view without arrival time is accepted at once. <see cref="long.MinValue"/> before the first view.
    /// </summary>
    public long Ceiling { get; private set; } = long.MinValue;

    public bool HasViews => watermarks.HasViews;

    /// <summary>
    /// The newest event time that has moved time. Meaningful once <see cref="HasViews"/>. Leaping views may be ahead of it.
    /// </summary>
    public long NewestEventTime => watermarks.MaximumEventTime;

    public long Watermark => watermarks.Watermark;

    /// <summary>Number of views, since the start or restore, that were ahead of their arrival by more than the reach.</summary>
    public long Ahead { get; private set; }

    public void RaiseFloor(long watermark) => Floor = Math.Max(Floor, watermark);

    /// <summary>Moves time to <paramref name="eventTime"/>, unless time is there already.</summary>
    public void Advance(long eventTime)
    {
        if (eventTime <= NewestEventTime)
            return;
        watermarks.OnView(eventTime);
        Reach = eventTime + rules.Reach;
        Ceiling = eventTime + rules.MaximumLead;
        RaiseFloor(watermarks.Watermark);
    }

    /// <summary>How far a view with an arrival time moves time: at most to its arrival.</summary>
    public long UpToArrival(in View view)
    {
        if (view.EventTime <= view.ArrivalTime)
            return view.EventTime;
        if (view.EventTime - view.ArrivalTime > rules.Reach)
            Ahead++;
        return view.ArrivalTime;
    }

    /// <summary>Sets the bounds back to before the first view.</summary>
    public void Forget()
    {
        watermarks = new(rules.Bound);
        Floor = Reach = Ceiling = long.MinValue;
    }

    /// <summary>
    /// The hot path: accepts views up to the first view that is late or leaps. A view moves time at most to its arrival, because a clock
    /// ahead of the arrival is fast.
    /// </summary>
    /// <returns>How many views are accepted.</returns>
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
