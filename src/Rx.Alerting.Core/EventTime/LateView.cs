using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.EventTime;

/// <summary>A view that came too late.</summary>
/// <param name="View">The view.</param>
/// <param name="Watermark">The watermark when the view came. It had passed the end of the view's pane.</param>
internal readonly record struct LateView(View View, long Watermark);
