using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;

namespace Rx.Alerting.Testing;

/// <summary>
/// Time in which every wait is over at once, because the clock jumps to its end. <see cref="FakeTimeProvider"/> alone moves only when a
/// test advances it, and a test cannot know when a source begins to wait. Starts at 2026-01-01 UTC. Thread-safe.
/// </summary>
public sealed class JumpingTimeProvider() : FakeTimeProvider(new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero))
{
    private readonly ConcurrentQueue<TimeSpan> waits = new();

    /// <summary>How long each wait was, in the order in which they began.</summary>
    public IReadOnlyList<TimeSpan> Waits => [.. waits];

    public TimeSpan Elapsed => GetUtcNow() - Start;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime >= TimeSpan.Zero)
        {
            waits.Enqueue(dueTime);
            Advance(dueTime);

            // On another thread, because the timer must not fire before the caller has it.
            ThreadPool.QueueUserWorkItem(_ => callback(state));
        }

        return base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }
}
