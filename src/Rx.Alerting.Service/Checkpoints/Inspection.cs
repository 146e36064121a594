using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Service.Checkpoints;

/// <summary>
/// What people are shown of a checkpoint. Also the JSON of <c>inspect --json</c>. Parts that this build cannot read are empty.
/// </summary>
internal sealed record Inspection
{
    public required string Pipeline { get; init; }

    public required long Epoch { get; init; }

    /// <summary>The latest owner. Empty after a reset.</summary>
    public required string Owner { get; init; }

    public required long Commit { get; init; }

    public required DateTimeOffset? CommittedAt { get; init; }

    /// <summary>The name of the schema in which this build encodes state.</summary>
    public required string SchemaOfThisBuild { get; init; }

    /// <summary>The version of each state in the checkpoint. Empty if the header cannot be read.</summary>
    public required IReadOnlyList<StoredVersion> Versions { get; init; }

    /// <summary>The states that an earlier release has written, and this build would upgrade. Empty if there are none.</summary>
    public string Upgrades { get; init; } = string.Empty;

    /// <summary>Why this build cannot read the checkpoint. Null if it can.</summary>
    public string? Fault { get; init; }

    /// <summary>Whether a commit came while the checkpoint was read, so that its parts may be of two commits.</summary>
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

    /// <summary>Number of rejected records by reason. Reasons without records are left out.</summary>
    public IReadOnlyDictionary<string, long> Rejected { get; init; } = new Dictionary<string, long>();

    public long OpenIncidents { get; init; }

    public long Properties { get; init; }

    public long Titles { get; init; }

    public required IReadOnlyList<InspectedPartition> Partitions { get; init; }

    /// <summary>Changes that some channel is not known to have, the oldest first.</summary>
    public required IReadOnlyList<InspectedChange> Outbox { get; init; }

    /// <summary>How far each channel has come in the outbox.</summary>
    public required IReadOnlyList<InspectedCursor> Channels { get; init; }

    public required IReadOnlyList<InspectedTitle> BiggestTitles { get; init; }
}

/// <param name="Partition">The partition's name.</param>
/// <param name="Position">Where to read on, in the source's notation. Null if there is no position.</param>
/// <param name="Watermark">The partition's watermark. Null before the first view, and after the end.</param>
/// <param name="IsIdle">Whether the partition is idle, so that it does not hold the merged watermark back.</param>
internal sealed record InspectedPartition(string Partition, string? Position, DateTimeOffset? Watermark, bool IsIdle);

/// <param name="Sequence">The change's number in the pipeline.</param>
/// <param name="Transition">What happened to the incident.</param>
/// <param name="IncidentId">The incident's id.</param>
internal sealed record InspectedChange(ulong Sequence, string Transition, string IncidentId);

/// <param name="Channel">The channel's name.</param>
/// <param name="Acknowledged">The latest change that the channel has taken, by its sequence.</param>
/// <param name="Attempts">Attempts to deliver the next change that have failed.</param>
/// <param name="NextAttempt">When the next attempt is made. Null if the latest has not failed.</param>
/// <param name="Dropped">Changes that the channel was not told, as too many waited.</param>
internal sealed record InspectedCursor(string Channel, long Acknowledged, int Attempts, DateTimeOffset? NextAttempt, long Dropped);

/// <param name="PropertyId">The title's property.</param>
/// <param name="VideoId">The title, as views name it.</param>
/// <param name="Views">Number of the title's views so far.</param>
/// <param name="Bytes">Bytes of the title's entry in the checkpoint.</param>
internal sealed record InspectedTitle(string PropertyId, string VideoId, long Views, int Bytes);
