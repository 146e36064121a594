namespace Rx.Alerting.Core.Tests;

internal static class AllocationAssert
{
    private const int Attempts = 1000;

    /// <summary>What all threads may allocate before there is a collection.</summary>
    private const long Room = 128 << 20;

    /// <summary>There is one region without collections in a process.</summary>
    private static readonly Lock Region = new();

    /// <summary>Fails if the second run of <paramref name="action"/> allocates on this thread.</summary>
    /// <remarks>
    /// A collection counts the rest of the thread's allocation context as allocated. One in the background does so at its end, too, which
    /// <see cref="GC.CollectionCount"/> does not tell. So the run is measured in a region without collections. If other tests allocate so
    /// much meanwhile that there is a collection nevertheless, the run is measured again.
    /// </remarks>
    public static void None(Action action)
    {
        action();
        lock (Region)
        {
            for (var attempt = 0; attempt < Attempts; attempt++)
            {
                if (Measure(action) is not { } allocated)
                    continue;
                Assert.Equal(0, allocated);
                return;
            }
        }

        Assert.Fail($"There was a collection in each of {Attempts} attempts.");
    }

    /// <summary>The bytes that a run allocates on this thread; null if there was a collection.</summary>
    private static long? Measure(Action action)
    {
        if (!GC.TryStartNoGCRegion(Room))
            return null;
        long? allocated = null;
        try
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            action();
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }
        finally
        {
            try
            {
                GC.EndNoGCRegion();
            }
            catch (InvalidOperationException)
            {
                allocated = null; // A collection has ended the region.
            }
        }

        return allocated;
    }
}
