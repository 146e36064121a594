namespace Rx.Alerting.Connectors.Kinesis.Aggregation;

/// <summary>Whether an aggregated record can be read.</summary>
internal enum AggregationOutcome
{
    /// <summary>The record's parts can be read.</summary>
    Whole,

    /// <summary>The record's check sum or its message is wrong.</summary>
    Malformed,

    /// <summary>Some of the record's parts belong to another shard.</summary>
    Misplaced,
}
