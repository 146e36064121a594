using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.EventTime;

/// <summary>
/// A batch whose views are all accepted and on time, and the merged watermark after it. One instance is used again for every
/// element: what is needed after <c>OnNext</c> is copied.
/// </summary>
internal sealed class TimedBatch
{
    private LateView[] late = [];
    private int lateCount;

    /// <summary>Holds the accepted views only; rejected and late ones are not among its views any more.</summary>
    public ViewBatch Batch { get; private set; } = new("");

    /// <summary>
    /// Every pane that ends at or before it is complete. In the final element: the newest accepted event time, every pane is
    /// complete, and timers later than this do not fire.
    /// </summary>
    public long Watermark { get; set; }

    /// <summary>Nothing follows but the completion; the batch is empty.</summary>
    public bool IsFinal { get; private set; }

    /// <summary>Views that came after their pane was decided; their texts and failures are in <see cref="Batch"/>.</summary>
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
