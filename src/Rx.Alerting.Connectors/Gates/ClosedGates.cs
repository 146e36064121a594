namespace Rx.Alerting.Connectors.Gates;

/// <summary>How a source waits for a gate to open when all its gates are closed.</summary>
internal static class ClosedGates
{
    /// <summary>How often a gate is asked again: often enough that nobody notices the wait, seldom enough to cost nothing.</summary>
    internal static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    internal static Task WaitAsync(TimeProvider clock, CancellationToken stop) => Task.Delay(Interval, clock, stop);
}
