namespace Rx.Alerting.Core.EventTime;

/// <summary>
/// The watermark of one partition whose views may lag at most <c>bound</c> milliseconds behind its newest view. The watermark is the newest
/// event time − bound − 1.
/// </summary>
/// <remarks>
/// Semantics of Apache Flink's class of the same name. As in Flink, the watermark is the lowest possible value before the first view.
/// </remarks>
internal struct BoundedOutOfOrdernessWatermarks
{
    private readonly long delay;

    /// <param name="bound">In milliseconds, not negative.</param>
    public BoundedOutOfOrdernessWatermarks(long bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bound);
        delay = bound + 1;
        // Just high enough that the watermark does not wrap around.
        MaximumEventTime = long.MinValue + delay;
    }

    /// <summary>The newest event time seen, in milliseconds since the epoch.</summary>
    public long MaximumEventTime { get; private set; }

    /// <summary>No view at or before this event time is expected. <see cref="long.MinValue"/> before the first view.</summary>
    public readonly long Watermark => MaximumEventTime - delay;

    public readonly bool HasViews => MaximumEventTime > long.MinValue + delay;

    public void OnView(long eventTime) => MaximumEventTime = Math.Max(MaximumEventTime, eventTime);
}
