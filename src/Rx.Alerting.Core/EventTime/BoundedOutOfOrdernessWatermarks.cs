namespace Rx.Alerting.Core.EventTime;

/// <summary>
/// The watermark of one partition whose views may lag at most <c>bound</c> milliseconds behind the newest one: the newest
/// event time − bound − 1.
/// </summary>
/// <remarks>Semantics of Apache Flink's class of the same name, including the lowest watermark before the first view.</remarks>
internal struct BoundedOutOfOrdernessWatermarks
{
    private readonly long delay;

    /// <param name="bound">Milliseconds, not negative.</param>
    public BoundedOutOfOrdernessWatermarks(long bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bound);
        delay = bound + 1;
        // Just high enough that the watermark does not wrap around.
        MaximumEventTime = long.MinValue + delay;
    }

    /// <summary>The newest event time seen, in milliseconds since the epoch.</summary>
    public long MaximumEventTime { get; private set; }

    /// <summary>No view at or before this event time is expected any more; <see cref="long.MinValue"/> before the first view.</summary>
    public readonly long Watermark => MaximumEventTime - delay;

    public readonly bool HasViews => MaximumEventTime > long.MinValue + delay;

    public void OnView(long eventTime) => MaximumEventTime = Math.Max(MaximumEventTime, eventTime);
}
