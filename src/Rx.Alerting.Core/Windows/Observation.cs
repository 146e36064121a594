using Rx.Alerting.Core.Panes;

namespace Rx.Alerting.Core.Windows;

/// <summary>
/// One evaluation of a key's windows for one error type, at the end of a pane: because the pane has errors of the type, or
/// because an incident is open.
/// </summary>
/// <param name="Series">The key's series of the error type.</param>
/// <param name="Pane">Borrowed: valid until <c>OnNext</c> returns.</param>
internal readonly record struct Observation(ErrorSeries Series, Pane Pane)
{
    public KeyState Key => Series.Key;

    /// <summary>Event time of the evaluation: the end of the pane (ms since the Unix epoch).</summary>
    public long At => Pane.End;

    public bool IsTitle => Series.Parent is not null;
}
