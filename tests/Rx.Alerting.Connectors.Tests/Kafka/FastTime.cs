namespace Rx.Alerting.Connectors.Tests.Kafka;

/// <summary>Time that goes by several times as fast as on the clock, where a real broker is waited for.</summary>
internal sealed class FastTime(int speed = 10) : TimeProvider
{
    private readonly long begin = System.GetTimestamp();
    private long jumped;

    internal void Jump(TimeSpan by) => Interlocked.Add(ref jumped, (long)(by.TotalSeconds * TimestampFrequency));

    public override long GetTimestamp() => begin + ((System.GetTimestamp() - begin) * speed) + Volatile.Read(ref jumped);
}
