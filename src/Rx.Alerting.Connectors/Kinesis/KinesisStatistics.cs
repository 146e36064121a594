namespace Rx.Alerting.Connectors.Kinesis;

/// <summary>What a source has done since it was made.</summary>
/// <param name="Reads">Calls of GetRecords that were answered.</param>
/// <param name="Records">Records of the stream, an aggregated one as one.</param>
/// <param name="Bytes">Their bytes.</param>
/// <param name="Throttled">Calls refused because a shard or the account is asked too often.</param>
/// <param name="Retries">Calls repeated because the service or the network failed.</param>
/// <param name="ExpiredIterators">Iterators that were too old and were got anew.</param>
/// <param name="Gaps">Times that the retention had passed what was to be read next, and a shard was read on behind the gap.</param>
/// <param name="Misplaced">Aggregated records left out because a split moved a part of them to another shard, to which the producer sends them again.</param>
public readonly record struct KinesisStatistics(
    long Reads, long Records, long Bytes, long Throttled, long Retries, long ExpiredIterators, long Gaps, long Misplaced);
