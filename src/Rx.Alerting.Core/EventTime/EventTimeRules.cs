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
