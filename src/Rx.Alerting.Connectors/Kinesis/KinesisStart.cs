namespace Rx.Alerting.Connectors.Kinesis;

/// <summary>Where a shard is read from that no checkpoint knows. Shards that a split or merge makes later are read from their beginning.</summary>
public enum KinesisStart
{
    /// <summary>From the oldest record that the stream still has.</summary>
    TrimHorizon,

    /// <summary>Only what comes after the start.</summary>
    Latest,

    /// <summary>From the first record that arrived at <see cref="KinesisOptions.Timestamp"/> or later.</summary>
    AtTimestamp,
}
