namespace Rx.Alerting.Service.Checkpoints;

/// <summary>What people can see of a checkpoint; also the JSON of <c>inspect --json</c>. What this build cannot read is empty.</summary>
internal sealed record Inspection
{
    public required string Pipeline { get; init; }

    public required long Epoch { get; init; }

    /// <summary>Empty after a reset.</summary>
    public required string Owner { get; init; }

    public required long Commit { get; init; }

    public required DateTimeOffset? CommittedAt { get; init; }

    /// <summary>How this build encodes state.</summary>
    public required string SchemaOfThisBuild { get; init; }

    /// <summary>What this build would upgrade, as an earlier release has written it; empty: nothing.</summary>
    public string Upgrades { get; init; } = string.Empty;

    /// <summary>Why this build cannot read the checkpoint; null: it can.</summary>
    public string? Fault { get; init; }

    /// <summary>Whether somebody committed while it was read, so that parts may be of two commits.</summary>
    public bool ChangedMeanwhile { get; init; }

    public required IReadOnlyList<SectionSize> Sections { get; init; }

    public DateTimeOffset? Watermark { get; init; }

    public DateTimeOffset? NewestEventTime { get; init; }

    public long Views { get; init; }

    public long Errors { get; init; }

    /// <summary>Views that came after their pane was decided.</summary>
    public long Late { get; init; }

    /// <summary>Views of properties beyond the bound on properties.</summary>
    public long Dropped { get; init; }

    /// <summary>Rejected records by reason, those of which there are any.</summary>
    public IReadOnlyDictionary<string, long> Rejected { get; init; } = new Dictionary<string, long>();

    public long OpenIncidents { get; init; }

    public long Properties { get; init; }

    public long Titles { get; init; }

    public required IReadOnlyList<InspectedPartition> Partitions { get; init; }

    /// <summary>Changes that are not known to be delivered, the oldest first.</summary>
    public required IReadOnlyList<InspectedEffect> Outbox { get; init; }

    public required IReadOnlyList<InspectedTitle> BiggestTitles { get; init; }
}

/// <param name="Partition">Its name.</param>
/// <param name="Position">Where to read on, in the source's notation; null where it has none.</param>
/// <param name="Watermark">How far its event time is; null before the first view, and after the end.</param>
/// <param name="IsIdle">Whether it does not hold the merged watermark.</param>
internal sealed record InspectedPartition(string Partition, string? Position, DateTimeOffset? Watermark, bool IsIdle);

/// <param name="Sequence">Its number in the pipeline.</param>
/// <param name="Transition">What happened to the incident.</param>
/// <param name="IncidentId">Which one.</param>
internal sealed record InspectedEffect(ulong Sequence, string Transition, string IncidentId);

/// <param name="PropertyId">Its property.</param>
/// <param name="VideoId">The title, as views name it.</param>
/// <param name="Views">Views of it so far.</param>
/// <param name="Bytes">What it takes in the checkpoint.</param>
internal sealed record InspectedTitle(string PropertyId, string VideoId, long Views, int Bytes);
