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
/// <param name="Expected">The error rate that is normal for the series now.</param>
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
}
