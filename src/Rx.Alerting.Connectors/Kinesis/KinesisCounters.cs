namespace Rx.Alerting.Connectors.Kinesis;

/// <summary>Counts for <see cref="KinesisStatistics"/>. Thread-safe.</summary>
internal sealed class KinesisCounters
{
    private long reads;
    private long records;
    private long bytes;
    private long throttled;
    private long retries;
    private long expiredIterators;
    private long gaps;
    private long misplaced;

    internal KinesisStatistics Now => new(
        Volatile.Read(ref reads),
        Volatile.Read(ref records),
        Volatile.Read(ref bytes),
        Volatile.Read(ref throttled),
        Volatile.Read(ref retries),
        Volatile.Read(ref expiredIterators),
        Volatile.Read(ref gaps),
        Volatile.Read(ref misplaced));

    internal void Read(int recordsRead, long bytesRead)
    {
        Interlocked.Increment(ref reads);
        Interlocked.Add(ref records, recordsRead);
        Interlocked.Add(ref bytes, bytesRead);
    }

    internal void Throttled() => Interlocked.Increment(ref throttled);

    internal void Retried() => Interlocked.Increment(ref retries);

    internal void IteratorExpired() => Interlocked.Increment(ref expiredIterators);

    internal void Gap() => Interlocked.Increment(ref gaps);

    internal void Misplaced() => Interlocked.Increment(ref misplaced);
}
