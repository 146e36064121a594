namespace Rx.Alerting.Service.Tries;

/// <summary>Looks whether a run has come to a bound.</summary>
internal sealed class TryBounds(TryOptions options, TimeProvider clock, long begun)
{
    private const int Mega = 20;

    private readonly long memory = InUse;

    /// <summary>What the latest collection has left. Garbage is nobody's.</summary>
    private static long InUse => GC.GetGCMemoryInfo(GCKind.Any).HeapSizeBytes;

    /// <summary>Null: at none.</summary>
    public TryEnd? Reached(long views) =>
        views >= options.MaximumViews ? TryEnd.Views
        : clock.GetElapsedTime(begun) >= options.MaximumTime ? TryEnd.Time
        : InUse - memory >= (long)options.MaximumMegabytes << Mega ? TryEnd.Memory
        : null;
}
