namespace Rx.Alerting.Core.Panes;

/// <summary>An element behind the panes: a pane whose counts are final, or a punctuation, which tells the watermark only.</summary>
/// <param name="Pane">Borrowed: valid until <c>OnNext</c> returns. Null in a punctuation.</param>
/// <param name="Watermark">All panes up to this event time (ms) have been released with or before this element.</param>
internal readonly record struct PaneRelease(Pane? Pane, long Watermark);
