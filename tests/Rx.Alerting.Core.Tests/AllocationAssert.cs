namespace Rx.Alerting.Core.Tests;

internal static class AllocationAssert
{
    private const int Attempts = 1000;

    /// <summary>Fails if the second run of <paramref name="action"/> allocates on this thread.</summary>
    /// <remarks>
    /// Other tests may cause a garbage collection meanwhile. It counts the rest of the thread's allocation context as allocated, so the run
    /// is measured again then.
    /// </remarks>
    public static void None(Action action)
    {
        action();
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var (collections, before) = (GC.CollectionCount(0), GC.GetAllocatedBytesForCurrentThread());
            action();
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            if (GC.CollectionCount(0) != collections)
                continue;
            Assert.Equal(0, allocated);
            return;
        }

        Assert.Fail($"There was a collection in each of {Attempts} attempts.");
    }
}
