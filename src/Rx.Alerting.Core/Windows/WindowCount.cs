namespace Rx.Alerting.Core.Windows;

/// <summary>Views and errors in a window of one series.</summary>
/// <param name="Views">Views in the window: n.</param>
/// <param name="Errors">Views of those that failed with the error type: k.</param>
/// <param name="StartedAt">Begin of the pane of the first error (ms since the Unix epoch); <see cref="long.MaxValue"/>: no errors.</param>
internal readonly record struct WindowCount(long Views, long Errors, long StartedAt)
{
    public double Rate => Views == 0 ? 0 : (double)Errors / Views;
}
