using Rx.Alerting.Core.EventTime;

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

    /// <summary>How late views came since the pipeline was started or restored, by partition, the one with the most first.</summary>
    public IReadOnlyList<LatePartition> LateByPartition { get; init; } = [];

    /// <summary>The partition whose clock is fast; its views are decided that much later. Null: none is known to be.</summary>
    public FastPartition? Fast { get; init; }

    /// <summary>
    /// Views that were ahead of their arrival by more than views may be out of order, since the pipeline was started or restored: they count, but are
    /// decided that much later.
    /// </summary>
    public long Ahead { get; init; }

    /// <summary>Where event time stood, in the future, that was forgotten with the restore; null: it was not.</summary>
    public DateTimeOffset? SetBackFrom { get; init; }

    /// <summary>Rejected records, indexed by <see cref="Views.RejectionReason"/>.</summary>
    public required IReadOnlyList<long> Rejected { get; init; }

    /// <summary>Of <see cref="Views"/>, those of properties that the bound on properties did not leave longer than for the pane in which they came.</summary>
    public long Dropped { get; init; }

    /// <summary>Properties forgotten since others needed their place, since the pipeline was started or restored; those not seen for long are not among them.</summary>
    public long ForgottenProperties { get; init; }

    /// <summary>Error types forgotten since others of their property needed their place, since the pipeline was started or restored.</summary>
    public long ForgottenErrorTypes { get; init; }

    /// <summary>Of <see cref="Errors"/>, those in decided panes whose type could not be told apart and counts as <c>other</c>, since the pipeline was started or restored.</summary>
    public long OtherErrors { get; init; }

    /// <summary>
    /// How often the name of a property, title or error type was found to be taken for another since their 64-bit hashes are equal, since the pipeline was
    /// started or restored. Of properties and titles, one in sixteen is compared in a pane, each in its turn. The name that came first stands for both; a title that shares its hash with one of another property counts in its property only.
    /// </summary>
    public long Collisions { get; init; }

    public int Properties { get; init; }

    public int Titles { get; init; }

    /// <summary>Of <see cref="Views"/>, those in panes that the watermark has passed, since the pipeline was started or restored.</summary>
    public long DecidedViews { get; init; }

    /// <summary>Properties first seen since the pipeline was started or restored, those beyond the bound included.</summary>
    public long NewProperties { get; init; }

    /// <summary>Error types first seen in their property since the pipeline was started or restored, those beyond the bound included.</summary>
    public long NewErrorTypes { get; init; }

    /// <summary>Titles first seen, or seen again after they were forgotten, since the pipeline was started or restored.</summary>
    public long NewTitles { get; init; }

    public int OpenIncidents { get; init; }

    /// <summary>How far event time is complete; null before the first view.</summary>
    public DateTimeOffset? Watermark { get; init; }

    /// <summary>Whether every partition has been read to its end, as far as the source has told.</summary>
    public bool IsIdle { get; init; }

    /// <summary>The newest event time of an accepted view; null before the first one.</summary>
    public DateTimeOffset? NewestEventTime { get; init; }

    /// <summary>The same with what was counted since <paramref name="before"/>, an earlier copy of one pipeline's statistics; what is no count is that of now.</summary>
    public PipelineStatistics Since(PipelineStatistics before) => this with
    {
        Views = Views - before.Views,
        Errors = Errors - before.Errors,
        Late = Late - before.Late,
        Rejected = [.. Rejected.Zip(before.Rejected, (now, earlier) => now - earlier)],
        Ahead = Ahead - before.Ahead,
        Dropped = Dropped - before.Dropped,
        DecidedViews = DecidedViews - before.DecidedViews,
        NewProperties = NewProperties - before.NewProperties,
        NewErrorTypes = NewErrorTypes - before.NewErrorTypes,
        NewTitles = NewTitles - before.NewTitles,
        ForgottenProperties = ForgottenProperties - before.ForgottenProperties,
        ForgottenErrorTypes = ForgottenErrorTypes - before.ForgottenErrorTypes,
        OtherErrors = OtherErrors - before.OtherErrors,
        Collisions = Collisions - before.Collisions,
    };
}
