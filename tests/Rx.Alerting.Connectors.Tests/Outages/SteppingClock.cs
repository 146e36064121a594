namespace Rx.Alerting.Connectors.Tests.Outages;

/// <summary>The machine's clock. A test can set it back while timers go on.</summary>
internal sealed class SteppingClock : TimeProvider
{
    private long steppedBack;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() - TimeSpan.FromTicks(Volatile.Read(ref steppedBack));

    internal void StepBack(TimeSpan by) => Interlocked.Add(ref steppedBack, by.Ticks);
}
