using Rx.Alerting.Core.Views;

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

    /// <summary>All of them, for metrics.</summary>
    internal IReadOnlyList<SourceCount> All =>
    [
        new("kinesis_reads", "Calls of GetRecords that were answered", Volatile.Read(ref reads)),
        new("kinesis_records", "Records of the stream that were read; an aggregated record counts as one", Volatile.Read(ref records)),
        new("kinesis_read_bytes", "Bytes of these records", Volatile.Read(ref bytes)),
        new("kinesis_throttled", "Calls refused because a shard or the account is asked too often", Volatile.Read(ref throttled)),
        new("kinesis_retries", "Calls repeated because the service or the network failed", Volatile.Read(ref retries)),
        new("kinesis_expired_iterators", "Iterators that had expired and were replaced", Volatile.Read(ref expiredIterators)),
        new("kinesis_gaps", "Times that retention had removed records before they were read", Volatile.Read(ref gaps)),
        new("kinesis_misplaced_records", "Aggregated records left out, as a split has moved their parts", Volatile.Read(ref misplaced)),
    ];

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
