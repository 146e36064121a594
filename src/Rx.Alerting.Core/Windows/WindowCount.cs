namespace Rx.Alerting.Core.Windows;

/// <summary>What the latest views of a key add up to, for one error type.</summary>
/// <param name="Views">Views in the window: n.</param>
/// <param name="Errors">Views of those that failed with the error type: k.</param>
/// <param name="StartedAt">Begin of the pane of the first such failure (ms since the Unix epoch); <see cref="long.MaxValue"/> where there is none.</param>
internal readonly record struct WindowCount(long Views, long Errors, long StartedAt)
{
    public double Rate => Views == 0 ? 0 : (double)Errors / Views;
}
