namespace Rx.Alerting.Connectors.Tests.Kinesis;

/// <summary>Time in which every wait is over at once: the clock jumps to its end. Remembers how long each was.</summary>
internal sealed class JumpingTimeProvider : TimeProvider
{
    private static readonly DateTimeOffset Begin = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly Lock gate = new();
    private readonly List<TimeSpan> waits = [];
    private TimeSpan elapsed = TimeSpan.FromTicks(1);

    internal IReadOnlyList<TimeSpan> Waits
    {
        get
        {
            lock (gate)
                return [.. waits];
        }
    }

    internal TimeSpan Elapsed
    {
        get
        {
            lock (gate)
                return elapsed;
        }
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => Begin + Elapsed;

    public override long GetTimestamp() => Elapsed.Ticks;

    /// <summary>Something else than a wait takes time.</summary>
    internal void Pass(TimeSpan span)
    {
        lock (gate)
            elapsed += span;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        lock (gate)
        {
            elapsed += dueTime;
            waits.Add(dueTime);
        }

        ThreadPool.QueueUserWorkItem(_ => callback(state));
        return new Elapsing();
    }

    private sealed class Elapsing : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => false;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
