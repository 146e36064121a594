namespace Rx.Alerting.Connectors.Simulation;

/// <summary>
/// Turns event-time order into arrival order. Each view arrives up to <c>disorder</c> after its event time. Only views that have not
/// arrived yet are held.
/// </summary>
internal sealed class ArrivalOrder
{
    private const ulong Stream = 4;

    private readonly SimulationRandom random;
    private readonly long disorder;
    private readonly long interval;
    private readonly Bucket[] ring;
    private SimulatedView[] released = [];

    /// <param name="options">Has the disorder and the seed.</param>
    /// <param name="interval">Milliseconds between two releases.</param>
    public ArrivalOrder(SimulationOptions options, long interval)
    {
        random = new SimulationRandom(options.Seed, Stream);
        disorder = (long)options.Disorder.TotalMilliseconds;
        this.interval = interval;
        ring = new Bucket[(disorder / interval) + 2];
        for (var i = 0; i < ring.Length; i++)
            ring[i] = new Bucket();
    }

    /// <summary>Takes the next view in event-time order.</summary>
    public void Add(in SimulatedView view)
    {
        var arrival = view.EventTime + (long)(random.NextDouble() * (disorder + 1));
        ring[arrival / interval % ring.Length].Add(view, arrival % interval);
    }

    /// <summary>
    /// Gives the views that arrive in the interval that begins at <paramref name="start"/>, in order. To be called when every view that
    /// ends in the interval has been added.
    /// </summary>
    public ReadOnlySpan<SimulatedView> Release(long start) => ring[start / interval % ring.Length].Drain(ref released);

    private sealed class Bucket
    {
        private SimulatedView[] views = new SimulatedView[16];
        private long[] keys = new long[16];
        private int count;

        public void Add(in SimulatedView view, long arrival)
        {
            if (count == views.Length)
            {
                Array.Resize(ref views, count * 2);
                Array.Resize(ref keys, count * 2);
            }

            // Views of one millisecond keep their event-time order, so the sort has no ties.
            keys[count] = (arrival << 32) | (uint)count;
            views[count++] = view;
        }

        public ReadOnlySpan<SimulatedView> Drain(ref SimulatedView[] sorted)
        {
            if (sorted.Length < count)
                sorted = new SimulatedView[views.Length];
            keys.AsSpan(0, count).Sort();
            for (var i = 0; i < count; i++)
                sorted[i] = views[(uint)keys[i]];
            var length = count;
            count = 0;
            return sorted.AsSpan(0, length);
        }
    }
}
