using Rx.Alerting.Core.Control;
using Rx.Alerting.Core.EventTime;

namespace Rx.Alerting.Core.Pipeline;

/// <summary>What a pipeline has counted. Views + late + rejected = records.</summary>
/// <remarks>
/// Counts are those of the pipeline's whole life, except where they are said to be <i>since the restore</i>: since the pipeline was
/// started or restored in this process.
/// </remarks>
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

    /// <summary>How late views came since the restore, by partition; the partition with the most late views first.</summary>
    public IReadOnlyList<LatePartition> LateByPartition { get; init; } = [];

    /// <summary>The partition whose clock is fast: its views are decided that much later. Null: none is known.</summary>
    public FastPartition? Fast { get; init; }

    /// <summary>
    /// Views since the restore that were further ahead of their arrival than views may be out of order. They count, and are decided that
    /// much later.
    /// </summary>
    public long Ahead { get; init; }

    /// <summary>The event time in the future that the restore has forgotten; null: none.</summary>
    public DateTimeOffset? SetBackFrom { get; init; }

    /// <summary>Rejected records, indexed by <see cref="Views.RejectionReason"/>.</summary>
    public required IReadOnlyList<long> Rejected { get; init; }

    /// <summary>Of <see cref="Views"/>, those of properties that were evicted in the pane in which they came.</summary>
    public long Dropped { get; init; }

    /// <summary>Properties evicted since the restore. Those that expired after a long silence are not counted.</summary>
    public long ForgottenProperties { get; init; }

    /// <summary>Error types evicted since the restore.</summary>
    public long ForgottenErrorTypes { get; init; }

    /// <summary>
    /// Errors in decided panes since the restore whose type counts as <c>other</c>, because the property has too many types.
    /// </summary>
    public long OtherErrors { get; init; }

    /// <summary>
    /// How often two names of properties, titles or error types were found to have one 64-bit hash since the restore. Of properties and
    /// titles, one in sixteen is compared in a pane, each in its turn. The name that came first stands for both. A title that shares its
    /// hash with a title of another property counts in its property only.
    /// </summary>
    public long Collisions { get; init; }

    public int Properties { get; init; }

    public int Titles { get; init; }

    /// <summary>Views in panes that the watermark has passed since the restore.</summary>
    public long DecidedViews { get; init; }

    /// <summary>Properties first seen since the restore, those beyond the bound included.</summary>
    public long NewProperties { get; init; }

    /// <summary>Error types first seen in their property since the restore, those beyond the bound included.</summary>
    public long NewErrorTypes { get; init; }

    /// <summary>Titles first seen since the restore, or seen again after they were forgotten.</summary>
    public long NewTitles { get; init; }

    public int OpenIncidents { get; init; }

    /// <summary>The open incidents, those of the platform included. Levels and severities without one are left out.</summary>
    public IReadOnlyList<OpenIncidentCount> OpenByLevel { get; init; } = [];

    /// <summary>Verdicts since the restore that found an anomaly in a title.</summary>
    public long TitleAnomalies { get; init; }

    /// <summary>Verdicts since the restore that found an anomaly in a property.</summary>
    public long PropertyAnomalies { get; init; }

    /// <summary>Panes that are not decided yet.</summary>
    public int OpenPanes { get; init; }

    /// <summary>About how much memory the state takes, in bytes: keys by their number, open panes by their content.</summary>
    public long StateBytes { get; init; }

    /// <summary>What explains incidents.</summary>
    public ExplanationStatistics Explanations { get; init; } = new();

    /// <summary>Event time by partition.</summary>
    public IReadOnlyList<PartitionEventTime> Partitions { get; init; } = [];

    /// <summary>Effects that some channel does not have yet, as of the latest commit.</summary>
    public int WaitingEffects { get; init; }

    /// <summary>What each channel does not have yet, as of the latest commit.</summary>
    public IReadOnlyList<ChannelBacklog> Channels { get; init; } = [];

    /// <summary>How far event time is complete; null before the first view.</summary>
    public DateTimeOffset? Watermark { get; init; }

    /// <summary>Whether every partition has been read to its end, as far as the source has told.</summary>
    public bool IsIdle { get; init; }

    /// <summary>Who has the pipeline rest. Null: it does not rest.</summary>
    public Pause? Paused { get; init; }

    /// <summary>The options that somebody has set while the pipeline ran.</summary>
    public IReadOnlyList<AdjustedOption> AdjustedOptions { get; init; } = [];

    /// <summary>The number of the latest change of such options. It grows with each change; 0: there was none.</summary>
    public long OptionsVersion { get; init; }

    /// <summary>The silences and maintenance windows that hold or come, those that begin first.</summary>
    public IReadOnlyList<SilenceSummary> Silences { get; init; } = [];

    /// <summary>The latest of those that have ended since the restore, the latest first.</summary>
    public IReadOnlyList<EndedSilence> EndedSilences { get; init; } = [];

    /// <summary>The newest event time of an accepted view; null before the first one.</summary>
    public DateTimeOffset? NewestEventTime { get; init; }

    /// <summary>
    /// What was counted since <paramref name="before"/>, an earlier copy of the same pipeline's statistics. Values that are no counts
    /// stay.
    /// </summary>
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
        TitleAnomalies = TitleAnomalies - before.TitleAnomalies,
        PropertyAnomalies = PropertyAnomalies - before.PropertyAnomalies,
    };
}
