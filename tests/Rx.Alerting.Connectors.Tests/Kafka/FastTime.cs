namespace Rx.Alerting.Connectors.Tests.Kafka;

/// <summary>Time that runs several times as fast as the clock, for tests that wait for a real broker.</summary>
internal sealed class FastTime(int speed = 10) : TimeProvider
{
    private readonly long begin = System.GetTimestamp();
    private long jumped;

    internal void Jump(TimeSpan by) => Interlocked.Add(ref jumped, (long)(by.TotalSeconds * TimestampFrequency));

    public override long GetTimestamp() => begin + ((System.GetTimestamp() - begin) * speed) + Volatile.Read(ref jumped);
}
