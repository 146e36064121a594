namespace Rx.Alerting.Core.Tests;

internal static class AllocationAssert
{
    private const int Attempts = 1000;

    /// <summary>Fails if <paramref name="action"/> allocates on this thread, once it has run before.</summary>
    /// <remarks>
    /// A collection meanwhile, which other tests may cause, counts the rest of the thread's allocation context as allocated; then it is measured again.
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
