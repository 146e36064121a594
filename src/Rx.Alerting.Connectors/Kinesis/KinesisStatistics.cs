namespace Rx.Alerting.Connectors.Kinesis;

/// <summary>Counts of a source since it was made.</summary>
/// <param name="Reads">Calls of GetRecords that were answered.</param>
/// <param name="Records">Records of the stream. An aggregated record counts as one.</param>
/// <param name="Bytes">Bytes of these records.</param>
/// <param name="Throttled">Calls refused because a shard or the account is asked too often.</param>
/// <param name="Retries">Calls repeated because the service or the network failed.</param>
/// <param name="ExpiredIterators">Iterators that had expired and were replaced.</param>
/// <param name="Gaps">Times that records were removed by retention before they were read, and reading went on behind the gap.</param>
/// <param name="Misplaced">
/// Aggregated records that were left out, because a split of their shard moved some of their parts to another shard. The producer sends the
/// parts again, to the right shard.
/// </param>
public readonly record struct KinesisStatistics(
    long Reads, long Records, long Bytes, long Throttled, long Retries, long ExpiredIterators, long Gaps, long Misplaced);
