using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.EventTime;

/// <summary>
/// A batch whose views are all accepted and on time, and the merged watermark behind the batch. Every element is the same instance: an
/// observer must copy what it keeps before <c>OnNext</c> returns.
/// </summary>
internal sealed class TimedBatch
{
    private LateView[] late = [];
    private int lateCount;

    /// <summary>Has the accepted views only. Rejected and late views have been taken out.</summary>
    public ViewBatch Batch { get; private set; } = new("");

    /// <summary>
    /// Every pane that ends at or before the watermark is complete. In the final element: the newest accepted event time. Every pane is
    /// complete then, and later timers do not fire.
    /// </summary>
    public long Watermark { get; set; }

    /// <summary>Whether only the completion follows. The batch of the final element is empty.</summary>
    public bool IsFinal { get; private set; }

    /// <summary>Views that came after their pane was decided. Their texts and failures are in <see cref="Batch"/>.</summary>
    public ReadOnlySpan<LateView> Late => late.AsSpan(0, lateCount);

    public void Start(ViewBatch batch, bool isFinal = false)
    {
        Batch = batch;
        IsFinal = isFinal;
        lateCount = 0;
    }

    public void AddLate(in View view, long watermark)
    {
        if (lateCount == late.Length)
            Array.Resize(ref late, Math.Max(8, late.Length * 2));
        late[lateCount++] = new LateView(view, watermark);
    }
}
