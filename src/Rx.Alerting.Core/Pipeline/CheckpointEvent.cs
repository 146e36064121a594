using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Core.Pipeline;

/// <summary>What happened between a pipeline and its store.</summary>
public enum CheckpointEventKind
{
    /// <summary>The pipeline is ours, and restored.</summary>
    Restored,

    /// <summary>A commit has ended well.</summary>
    Committed,

    /// <summary>The store did not do what it was asked for; it is asked again.</summary>
    Retrying,

    /// <summary>Entries of earlier commits are gone from the store; the pipeline, which has them, commits everything anew.</summary>
    Rewriting,

    /// <summary>The store has lost commits; the pipeline begins anew from what the store has.</summary>
    RolledBack,
}

/// <summary>For logs and metrics.</summary>
/// <param name="Pipeline">Its name.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Id">Number of the commit it is about.</param>
/// <param name="Entries">Entries read or written.</param>
/// <param name="Duration">How long it took.</param>
/// <param name="Problem">Why, where something went wrong.</param>
public sealed record CheckpointEvent(string Pipeline, CheckpointEventKind Kind, long Id, int Entries, TimeSpan Duration, Exception? Problem = null)
{
    /// <summary>What is wrong, as a clause without what to do about it; empty where nothing is.</summary>
    public string What => (Problem as CheckpointStoreException)?.What ?? Problem?.Message ?? string.Empty;

    /// <summary>Of a commit: how long the pipeline stood still for the snapshot.</summary>
    public TimeSpan Pause { get; init; }

    /// <summary>Of a pipeline that is restored from nothing (<see cref="Id"/> 0): what its source reads then, as a clause for people.</summary>
    public string Beginning { get; init; } = string.Empty;

    /// <summary>Of a pipeline that is restored: why it is known to have had more than it has now, as a clause for people; null: it is not.</summary>
    public string? Lost { get; init; }
}
