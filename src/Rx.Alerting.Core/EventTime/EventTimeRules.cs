namespace Rx.Alerting.Core.EventTime;

/// <summary>
/// The rules for a view's event time. All values are in milliseconds; <see cref="ConfirmingViews"/> is a number of views.
/// </summary>
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
    /// The longest accepted pause before the last view of a partition, in milliseconds (30 days). No view follows that could confirm a
    /// longer pause.
    /// </summary>
    public const long LongestPause = 30L * 24 * 60 * 60 * 1000;

    /// <summary>
    /// How far ahead of its partition's newest event time a view without arrival time moves time at once, in milliseconds. The reach is as
    /// far as views may be out of order, but at least a minute, because thin traffic has such gaps all the time.
    /// </summary>
    public long Reach => Math.Min(MaximumLead, Math.Max(Bound, 60_000));

    /// <summary>
    /// Number of views that decide a near leap: when most of them are beyond the <see cref="Reach"/>, time moves there. More views than
    /// confirm a far leap, because producers write the views of one clock in runs, and because no view waits for the decision.
    /// </summary>
    public int ReachingViews => 10 * ConfirmingViews;

    /// <summary>The watermark of a partition, given its newest event time. Both in milliseconds.</summary>
    public long WatermarkAt(long newest) => newest - Bound - 1;

    /// <summary>
    /// Whether the pane of an event time, [⌊t/p⌋·p, ⌊t/p⌋·p + p), has ended at the watermark: the pane's last millisecond is not
    /// after the watermark.
    /// </summary>
    public bool IsLate(long eventTime, long watermark)
    {
        // A pane ends after its views, so most views are decided without the division.
        if (eventTime > watermark)
            return false;
        var intoPane = eventTime % PaneInterval;
        if (intoPane < 0)
            intoPane += PaneInterval;
        return eventTime - intoPane + PaneInterval - 1 <= watermark;
    }
}
