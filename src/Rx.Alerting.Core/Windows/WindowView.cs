namespace Rx.Alerting.Core.Windows;

/// <summary>The nested windows of a series as they are now, to be read only.</summary>
/// <param name="window">The failures among the latest views.</param>
/// <param name="position">The position behind the latest view.</param>
/// <param name="largest">Views in the largest window.</param>
internal readonly struct WindowView(ErrorWindow window, long position, int largest)
{
    private readonly ErrorWindow window = window;

    /// <summary>Views in the largest window: the one that people are shown.</summary>
    public int LargestViews => largest;

    /// <summary>The largest window.</summary>
    public WindowCount Largest => Latest(largest);

    /// <summary>The window of the latest <paramref name="views"/> views.</summary>
    public WindowCount Latest(long views) => window.Latest(position, views);

    /// <summary>Whether the other view is one of the same window.</summary>
    public bool IsOf(in WindowView other) => window.IsSameAs(other.window);

    /// <inheritdoc cref="ErrorWindow.Since"/>
    public WindowCount Since(long time) => window.Since(position, time);

    /// <inheritdoc cref="ErrorWindow.Behind"/>
    public WindowCount Behind(int panes) => window.Behind(position, panes);

    /// <summary>Goes from small windows to large ones; each step looks only at what the step before has not.</summary>
    public ErrorWindow.Scan Walk() => window.Walk(position);
}
