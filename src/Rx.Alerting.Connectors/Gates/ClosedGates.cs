namespace Rx.Alerting.Connectors.Gates;

/// <summary>How a source that has nothing else to do waits for a gate to open.</summary>
internal static class ClosedGates
{
    /// <summary>How often a gate is asked again: soon enough to go unnoticed, seldom enough to cost nothing.</summary>
    internal static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    internal static Task WaitAsync(TimeProvider clock, CancellationToken stop) => Task.Delay(Interval, clock, stop);
}
