namespace Rx.Alerting.Testing;

/// <summary>Processing time that moves only when a test says so. Starts at 2026-01-01 UTC; has no timers.</summary>
public sealed class ManualTimeProvider : TimeProvider
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private TimeSpan elapsed;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => Start + elapsed;

    public override long GetTimestamp() => elapsed.Ticks;

    public void Advance(TimeSpan by) => elapsed += by;
}
