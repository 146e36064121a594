namespace Rx.Alerting.Core.Windows;

/// <summary>A pane with failures, in an <see cref="ErrorWindow"/>.</summary>
internal struct FailedPane
{
    /// <summary>The key's position at which the pane began.</summary>
    public long Position;

    public int Views;
    public int Errors;

    /// <summary>Begin of the pane (ms since the Unix epoch).</summary>
    public long PaneStart;

    public readonly long End => Position + Views;
}
