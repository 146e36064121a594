using Rx.Alerting.Core.Baselines;
using Rx.Alerting.Core.Panes;

namespace Rx.Alerting.Core.Windows;

/// <summary>
/// One evaluation of a series at the end of a pane. A series is observed if it has errors in the pane and enough in its
/// largest window, or if an incident holds the series.
/// </summary>
/// <param name="Series">Which property or title, and which error type.</param>
/// <param name="At">Event time of the evaluation: the end of the latest pane with a view of the key (ms since the Unix epoch).</param>
/// <param name="Position">Views of the property or title so far, those of the pane included.</param>
/// <param name="PaneErrors">Errors of the type in the pane.</param>
/// <param name="Sample">What a failed view of the pane said; nothing without errors. Borrowed: valid until <c>OnNext</c> returns.</param>
/// <param name="Expected">The error rate of a window that is normal for the series, as far as it has learned.</param>
/// <param name="Window">The latest views. Borrowed: valid until <c>OnNext</c> returns.</param>
/// <param name="IsHeld">Whether an incident of the series is open.</param>
internal readonly record struct Observation(
    SeriesId Series,
    long At,
    long Position,
    int PaneErrors,
    FailureSample Sample,
    BetaRate Expected,
    WindowView Window,
    bool IsHeld)
{
    public bool IsTitle => Series.IsTitle;

    /// <summary>
    /// The error rate that is normal for a window by what its series did before. While the baseline of a property has not learned a largest
    /// window of views, the views that are before the window in the largest one count, too: a small property has no others for days.
    /// </summary>
    public BetaRate ExpectedBefore(WindowCount window)
    {
        if (IsTitle || Series.Target.Learned >= Window.LargestViews)
            return Expected;
        var (views, errors) = (Window.Largest.Views - window.Views, Window.Largest.Errors - window.Errors);
        return views > 0 ? Expected.Updated(errors, views - errors) : Expected;
    }

    /// <summary>
    /// The error rate that is normal for a window that began at a time. A property is expected to do what it always did. A title is
    /// expected to do what it always did, or what the rest of its property does, whichever is worse.
    /// </summary>
    /// <param name="since">Ms since the Unix epoch.</param>
    /// <param name="enough">So many views tell the present error rate of the property.</param>
    public BetaRate ExpectedSince(long since, int enough)
    {
        if (Series.Target is not TitleSeries title)
            return Expected;
        var present = title.PresentRate(since, Window.LargestViews, enough);
        return present > Expected.Mean ? Expected.WithMean(Math.Min(1, present)) : Expected;
    }

    /// <summary>Of a property: errors among the latest <paramref name="views"/> that titles with an incident explain.</summary>
    public long Explained(long views) => Series.Target is PropertySeries property ? property.Explained(views) : 0;

    /// <summary>Of a property: errors in the pane that titles with an incident explain.</summary>
    public int PaneExplained => Series.Target is PropertySeries property ? property.PaneExplained : 0;

    /// <summary>Of a property: the title with most errors since a time; null where no title has any. Borrowed, too.</summary>
    /// <param name="time">Ms since the Unix epoch.</param>
    public WindowView? TitleWithMostErrors(long time) =>
        Series.Target is PropertySeries property && property.TitleWithMostErrors(time) is { } title
            ? title.View(Window.LargestViews)
            : null;

    /// <summary>Of a property with an open incident: what its affected titles did so far.</summary>
    public AffectedCount Affected => Series.Target is PropertySeries { Spread: { } spread } ? spread.Affected : default;

    /// <summary>Of a property with an open incident: titles that are affected, and had an error since a time.</summary>
    /// <inheritdoc cref="PropertySeries.AffectedTitlesSince"/>
    public int AffectedTitlesSince(long time, BaselineOptions options) =>
        Series.Target is PropertySeries property ? property.AffectedTitlesSince(time, options) : 0;

    /// <summary>Of a property: titles with an affected view since the begin of its open incident, or of the incident that opens.</summary>
    /// <param name="since">Begin of the incident that opens (ms since the Unix epoch).</param>
    public int AffectedTitles(long since) =>
        Series.Target is not PropertySeries property ? 0 : property.Spread?.Titles ?? property.TitlesSince(since);
}
