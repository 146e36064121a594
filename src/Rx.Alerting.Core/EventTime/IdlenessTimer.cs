namespace Rx.Alerting.Core.EventTime;

/// <summary>
/// Tells by elapsed time that a partition is idle, for sources that cannot tell otherwise. The time-out runs from the first
/// check that has seen no activity since the check before; idle is who has been silent for longer than the time-out since.
/// </summary>
/// <remarks>
/// Semantics of the timer inside Apache Flink's <c>WatermarksWithIdleness</c>. The clock must stand still while the reader is
/// paused by backpressure: a paused partition is not idle.
/// </remarks>
public sealed class IdlenessTimer
{
    private readonly TimeProvider clock;
    private readonly TimeSpan timeout;
    private bool active;
    private long? silentSince;

    /// <exception cref="ArgumentOutOfRangeException">The time-out is zero or negative.</exception>
    public IdlenessTimer(TimeProvider clock, TimeSpan timeout)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(timeout, TimeSpan.Zero);
        this.clock = clock;
        this.timeout = timeout;
    }

    /// <summary>Something was read.</summary>
    public void Activity() => active = true;

    public bool CheckIfIdle()
    {
        if (active)
        {
            active = false;
            silentSince = null;
            return false;
        }

        silentSince ??= clock.GetTimestamp();
        return clock.GetElapsedTime(silentSince.Value) > timeout;
    }
}
