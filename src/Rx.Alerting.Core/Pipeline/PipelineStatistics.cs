namespace Rx.Alerting.Core.Pipeline;

/// <summary>What a pipeline has counted since it started. Views + late + rejected = records.</summary>
public sealed record PipelineStatistics
{
    /// <summary>Views accepted into panes.</summary>
    public long Views { get; init; }

    /// <summary>Accepted views that failed.</summary>
    public long Errors { get; init; }

    /// <summary>Views that came after their pane was decided.</summary>
    public long Late { get; init; }

    /// <summary>Late views by property.</summary>
    public required IReadOnlyDictionary<string, long> LateByProperty { get; init; }

    /// <summary>Rejected records, indexed by <see cref="Views.RejectionReason"/>.</summary>
    public required IReadOnlyList<long> Rejected { get; init; }

    /// <summary>Of <see cref="Views"/>, those of properties beyond the bound on properties: they are counted and nothing else.</summary>
    public long Dropped { get; init; }

    public int Properties { get; init; }

    public int Titles { get; init; }

    public int OpenIncidents { get; init; }

    /// <summary>How far event time is complete; null before the first view.</summary>
    public DateTimeOffset? Watermark { get; init; }

    /// <summary>The newest event time of an accepted view; null before the first one.</summary>
    public DateTimeOffset? NewestEventTime { get; init; }
}
