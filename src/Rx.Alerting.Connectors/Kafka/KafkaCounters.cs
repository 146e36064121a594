using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Kafka;

/// <summary>Counts of records that could not be read, since the source was made. Thread-safe.</summary>
public sealed class KafkaCounters
{
    private long skippedRecords;
    private long gaps;
    private long recreated;

    /// <summary>Records that retention removed before they were read.</summary>
    public long SkippedRecords => Volatile.Read(ref skippedRecords);

    /// <summary>How often records were skipped.</summary>
    public long Gaps => Volatile.Read(ref gaps);

    /// <summary>Partitions whose topic was created again. Nobody knows how many records were lost with the old topic.</summary>
    public long RecreatedPartitions => Volatile.Read(ref recreated);

    /// <summary>All of them, for metrics.</summary>
    internal IReadOnlyList<SourceCount> All =>
    [
        new("kafka_skipped_records", "Records that retention removed before they were read", SkippedRecords),
        new("kafka_gaps", "How often records were skipped", Gaps),
        new("kafka_recreated_partitions", "Partitions whose topic was created again", RecreatedPartitions),
    ];

    internal void Skip(long records)
    {
        Interlocked.Add(ref skippedRecords, records);
        Interlocked.Increment(ref gaps);
    }

    internal void Recreate() => Interlocked.Increment(ref recreated);
}
