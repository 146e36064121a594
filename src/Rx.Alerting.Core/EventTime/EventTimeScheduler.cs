using System.Reactive.Concurrency;

namespace Rx.Alerting.Core.EventTime;

/// <summary>
/// Event time as an Rx scheduler: its clock is the merged watermark, in milliseconds since the Unix epoch. Every timer of the
/// dataflow is scheduled here, so that live, catch-up and replay are one code path.
/// </summary>
/// <remarks>
/// Timers run in the order of their times, equal ones in the order in which they were scheduled. What is due now or in the
/// past runs with the next advance. The clock starts at the earliest <see cref="DateTimeOffset"/>. Timers are derived from
/// state and are not part of a checkpoint: after a restore, advance first, then schedule.
/// </remarks>
internal sealed class EventTimeScheduler : VirtualTimeScheduler<long, long>
{
    private static readonly long Earliest = DateTimeOffset.MinValue.ToUnixTimeMilliseconds();
    private static readonly long Latest = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    public EventTimeScheduler()
        : base(Earliest, Comparer<long>.Default)
    {
    }

    /// <summary>
    /// Moves the clock to <paramref name="time"/> and runs every timer that is due by then, those included that are scheduled
    /// meanwhile. A time that is not ahead of the clock does nothing: watermarks do not go backwards.
    /// </summary>
    public new void AdvanceTo(long time)
    {
        if (time > Clock)
            base.AdvanceTo(Math.Min(time, Latest));
    }

    protected override long Add(long absolute, long relative) =>
        absolute + Math.Clamp(relative, Earliest - absolute, Latest - absolute);

    protected override DateTimeOffset ToDateTimeOffset(long absolute) => DateTimeOffset.FromUnixTimeMilliseconds(absolute);

    /// <summary>Parts of a millisecond are rounded up: a timer is never early.</summary>
    protected override long ToRelative(TimeSpan timeSpan)
    {
        var (milliseconds, rest) = Math.DivRem(timeSpan.Ticks, TimeSpan.TicksPerMillisecond);
        return rest > 0 ? milliseconds + 1 : milliseconds;
    }
}
