namespace Rx.Alerting.Connectors.Kinesis.Aggregation;

/// <summary>What became of an aggregated record.</summary>
internal enum AggregationOutcome
{
    /// <summary>Its parts can be read.</summary>
    Whole,

    /// <summary>Its check sum or its message is wrong.</summary>
    Malformed,

    /// <summary>Some of its parts belong to another shard.</summary>
    Misplaced,
}
