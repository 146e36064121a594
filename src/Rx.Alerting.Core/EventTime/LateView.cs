using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.EventTime;

/// <summary>A view that came too late.</summary>
/// <param name="View">The view.</param>
/// <param name="Watermark">The watermark that had passed its pane's end when it came.</param>
internal readonly record struct LateView(View View, long Watermark);
