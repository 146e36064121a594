using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Core.Pipeline;

/// <summary>What happened between a pipeline and its store.</summary>
public enum CheckpointEventKind
{
    /// <summary>This process has acquired the pipeline and restored it.</summary>
    Restored,

    /// <summary>A commit has ended well.</summary>
    Committed,

    /// <summary>A call to the store has failed; it is retried.</summary>
    Retrying,

    /// <summary>Entries of earlier commits are gone from the store. The pipeline still has them, and commits its whole state.</summary>
    Rewriting,

    /// <summary>The store has lost commits; the pipeline begins anew from what the store has.</summary>
    RolledBack,
}

/// <summary>For logs and metrics.</summary>
/// <param name="Pipeline">Name of the pipeline.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Id">Number of the commit.</param>
/// <param name="Entries">Entries read or written.</param>
/// <param name="Duration">How long the call took.</param>
/// <param name="Problem">The failure; null: none.</param>
public sealed record CheckpointEvent(
    string Pipeline, CheckpointEventKind Kind, long Id, int Entries, TimeSpan Duration, Exception? Problem = null)
{
    /// <summary>What is wrong, as a clause without advice; empty: nothing.</summary>
    public string What => (Problem as CheckpointStoreException)?.What ?? Problem?.Message ?? string.Empty;

    /// <summary>Of a commit: how long the pipeline stood still for the snapshot.</summary>
    public TimeSpan Pause { get; init; }

    /// <summary>Of a commit: bytes of the entries that it has written.</summary>
    public long Bytes { get; init; }

    /// <summary>Of a commit: when it was made, by this machine's clock.</summary>
    public DateTimeOffset? CommittedAt { get; init; }

    /// <summary>Of a commit: the changes of incidents that are in it.</summary>
    public IReadOnlyList<CommittedChange> Changes { get; init; } = [];

    /// <summary>Of a commit, and of what was restored: the sequence of the latest effect in it; 0: none.</summary>
    public long LatestEffect { get; init; }

    /// <summary>Restored without a commit (<see cref="Id"/> 0): what the source reads then, as a clause for people.</summary>
    public string Beginning { get; init; } = string.Empty;

    /// <summary>
    /// Restored with less than there was before: what is known of the loss, as a clause for people; null: nothing is known to be lost.
    /// </summary>
    public string? Lost { get; init; }
}
