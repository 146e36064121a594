namespace Rx.Alerting.Connectors.Kinesis.Reading;

/// <summary>Keeps the reads of one shard within its limits: so many a second, so many bytes a second.</summary>
/// <remarks>
/// After a read the next one waits for the longer of two times: that of a read, and what its bytes take. Being throttled means that there are
/// other readers: it doubles the time of a read, up to 16-fold; every read that succeeds takes a tenth off again.
/// </remarks>
internal sealed class ReadPacer(TimeProvider time, double readsPerSecond, int bytesPerSecond)
{
    private const double MostSlowing = 16;
    private readonly TimeSpan interval = TimeSpan.FromSeconds(1 / readsPerSecond);
    private double slowing = 1;
    private long last;
    private TimeSpan due;

    /// <summary>Waits until the shard may be read, and at least <paramref name="since"/> from the last read on.</summary>
    internal async Task WaitAsync(TimeSpan since, CancellationToken cancellation)
    {
        var wait = due > since ? due : since;
        if (last != 0 && wait - time.GetElapsedTime(last) is var rest && rest > TimeSpan.Zero)
            await Task.Delay(rest, time, cancellation);
        last = time.GetTimestamp();
        due = interval * slowing;
    }

    /// <summary>The read was answered.</summary>
    internal void Read(long bytes)
    {
        slowing = Math.Max(1, slowing * 0.9);
        var transfer = TimeSpan.FromSeconds((double)bytes / bytesPerSecond);
        var each = interval * slowing;
        due = transfer > each ? transfer : each;
    }

    /// <summary>The read was refused.</summary>
    internal void Throttled()
    {
        slowing = Math.Min(MostSlowing, slowing * 2);
        due = interval * slowing;
    }
}
