namespace Rx.Alerting.Connectors.Kinesis.Reading;

/// <summary>Keeps the reads of one shard within the shard's limits: reads a second, and bytes a second.</summary>
/// <remarks>
/// <list type="bullet">
/// <item>After a read, the next read waits for the longer of two times: the interval of reads, and the time that the bytes take.</item>
/// <item>A throttled read means that there are other readers. It doubles the interval, up to 16-fold.</item>
/// <item>Every read that succeeds takes a tenth off again.</item>
/// </list>
/// </remarks>
internal sealed class ReadPacer(TimeProvider time, double readsPerSecond, int bytesPerSecond)
{
    private const double MostSlowing = 16;
    private readonly TimeSpan interval = TimeSpan.FromSeconds(1 / readsPerSecond);
    private double slowing = 1;
    private long last;
    private TimeSpan due;

    /// <summary>Waits until the shard may be read. Waits at least until <paramref name="since"/> has passed after the last read.</summary>
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
