namespace Rx.Alerting.Core.Panes;

/// <summary>
/// What comes out of the panes: a pane whose counts are final, or, without one, only the news that event time is complete.
/// </summary>
/// <param name="Pane">Borrowed: valid until <c>OnNext</c> returns. Null in a punctuation.</param>
/// <param name="Watermark">Event time (ms) up to which everything before this element has been released.</param>
internal readonly record struct PaneRelease(Pane? Pane, long Watermark);
