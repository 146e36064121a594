namespace Rx.Alerting.Core.EventTime;

/// <summary>What decides about a view's event time, in milliseconds; <see cref="ConfirmingViews"/> in views.</summary>
internal readonly record struct EventTimeRules(long Bound, long MaximumLead, int ConfirmingViews, long PaneInterval)
{
    public EventTimeRules(EventTimeOptions options, TimeSpan paneInterval)
        : this(
            (long)options.MaximumOutOfOrderness.TotalMilliseconds,
            (long)options.MaximumLead.TotalMilliseconds,
            options.ConfirmingViews,
            (long)paneInterval.TotalMilliseconds)
    {
    }

    /// <summary>How long a pause before the last view of a partition may be, in milliseconds (30 days): no view follows that could confirm it.</summary>
    public const long LongestPause = 30L * 24 * 60 * 60 * 1000;

    /// <summary>
    /// How far ahead of the newest event time of its partition a view without arrival time moves time at once, in milliseconds: as far as views
    /// may be out of order anyway, but at least a minute, since thin traffic has such gaps all the time.
    /// </summary>
    public long Reach => Math.Min(MaximumLead, Math.Max(Bound, 60_000));

    /// <summary>
    /// Views of which most have to be beyond the <see cref="Reach"/> before time moves there. More than confirm a far leap, as nothing waits
    /// for them: producers write the views of one clock in runs.
    /// </summary>
    public int ReachingViews => 10 * ConfirmingViews;

    /// <summary>The watermark of a partition whose newest event time is <paramref name="newest"/>; both in milliseconds.</summary>
    public long WatermarkAt(long newest) => newest - Bound - 1;

    /// <summary>
    /// True when the pane of <paramref name="eventTime"/>, [⌊t/p⌋·p, ⌊t/p⌋·p + p), has ended at <paramref name="watermark"/>:
    /// its last millisecond is not after it.
    /// </summary>
    public bool IsLate(long eventTime, long watermark)
    {
        // A pane ends after its views: most views are decided without the division.
        if (eventTime > watermark)
            return false;
        var intoPane = eventTime % PaneInterval;
        if (intoPane < 0)
            intoPane += PaneInterval;
        return eventTime - intoPane + PaneInterval - 1 <= watermark;
    }
}
