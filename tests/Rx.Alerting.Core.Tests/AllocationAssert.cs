namespace Rx.Alerting.Core.Tests;

internal static class AllocationAssert
{
    private const int Attempts = 1000;
    private const int Measured = 3;

    /// <summary>Fails if each run of <paramref name="action"/> but the first allocates on this thread.</summary>
    /// <remarks>
    /// Other tests may cause a garbage collection meanwhile. It counts the rest of the thread's allocation context as allocated, so the run
    /// is measured again then. A collection in the background does so at its end, too, which no counter tells. So a run that allocates is
    /// measured some times more.
    /// </remarks>
    public static void None(Action action)
    {
        action();
        long allocated = 0;
        for (int attempt = 0, measured = 0; attempt < Attempts && measured < Measured; attempt++)
        {
            var (collections, before) = (GC.CollectionCount(0), GC.GetAllocatedBytesForCurrentThread());
            action();
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            if (GC.CollectionCount(0) != collections)
                continue;
            if (allocated == 0)
                return;
            measured++;
        }

        Assert.Fail(allocated > 0
            ? $"Each run allocates; the last one {allocated} bytes."
            : $"There was a collection in each of {Attempts} attempts.");
    }
}
