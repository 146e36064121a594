using System.Reactive.Concurrency;

namespace Rx.Alerting.Core.EventTime;

/// <summary>
/// Event time as an Rx scheduler. Its clock is the merged watermark, in milliseconds since the Unix epoch. Every timer of the dataflow is
/// scheduled here, so that live, catch-up and replay are one code path.
/// </summary>
/// <remarks>
/// <list type="bullet">
/// <item>Timers run in the order of their times. Timers of the same time run in the order in which they were scheduled.</item>
/// <item>A timer that is scheduled for now or the past runs with the next advance.</item>
/// <item>The clock starts at the earliest <see cref="DateTimeOffset"/>.</item>
/// <item>Timers are derived from state, and are not part of a checkpoint. After a restore, advance first, then schedule.</item>
/// </list>
/// </remarks>
internal sealed class EventTimeScheduler : VirtualTimeScheduler<long, long>
{
    private static readonly long Earliest = DateTimeOffset.MinValue.ToUnixTimeMilliseconds();
    private static readonly long Latest = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    public EventTimeScheduler()
        : base(Earliest, Comparer<long>.Default)
    {
    }

    /// <summary>False before the first view: then the clock says nothing.</summary>
    public bool HasTime => Clock > Earliest;

    /// <summary>
    /// Moves the clock to <paramref name="time"/>, and runs every timer that is due by then, also timers that are scheduled meanwhile. A
    /// time that is not ahead of the clock does nothing, because watermarks do not go backwards.
    /// </summary>
    public new void AdvanceTo(long time)
    {
        if (time > Clock)
            base.AdvanceTo(Math.Min(time, Latest));
    }

    protected override long Add(long absolute, long relative) =>
        absolute + Math.Clamp(relative, Earliest - absolute, Latest - absolute);

    protected override DateTimeOffset ToDateTimeOffset(long absolute) => DateTimeOffset.FromUnixTimeMilliseconds(absolute);

    /// <summary>Rounds parts of a millisecond up, so that a timer is never early.</summary>
    protected override long ToRelative(TimeSpan timeSpan)
    {
        var (milliseconds, rest) = Math.DivRem(timeSpan.Ticks, TimeSpan.TicksPerMillisecond);
        return rest > 0 ? milliseconds + 1 : milliseconds;
    }
}
