namespace Rx.Alerting.Core.Views;

/// <summary>How far a partition has been read. What the source does not know is null.</summary>
/// <param name="Partition">The partition's name.</param>
public readonly record struct PartitionProgress(string Partition)
{
    /// <summary>The number of the next record, where records have numbers.</summary>
    public long? Position { get; init; }

    /// <summary>Records that wait to be read.</summary>
    public long? LagRecords { get; init; }

    /// <summary>Bytes that wait to be read.</summary>
    public long? LagBytes { get; init; }

    /// <summary>How far behind the newest record reading is, in time.</summary>
    public TimeSpan? LagTime { get; init; }

    /// <summary>Whether the partition's gate is closed.</summary>
    public bool IsPaused { get; init; }
}

/// <summary>Something that a source counts, since the source was made. It never goes back.</summary>
/// <param name="Name">Begins with the kind of source: <c>kafka_gaps</c>.</param>
/// <param name="Description">One sentence without a full stop.</param>
/// <param name="Value">The count.</param>
public readonly record struct SourceCount(string Name, string Description, long Value);
