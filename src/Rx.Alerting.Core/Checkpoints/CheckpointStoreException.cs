namespace Rx.Alerting.Core.Checkpoints;

/// <summary>Why a call to a store has failed.</summary>
public enum CheckpointStoreProblem
{
    /// <summary>The store does not answer, or not in time. Whether the call took effect is not known.</summary>
    Unavailable,

    /// <summary>The store refuses access: credentials, certificate, permissions.</summary>
    Refused,

    /// <summary>The store has no space left.</summary>
    Full,

    /// <summary>The store takes no writes, as a replica, or a file system without permission.</summary>
    ReadOnly,

    /// <summary>The store has content that this program cannot have written.</summary>
    Damaged,

    /// <summary>
    /// The store has lost committed entries, or has only a part of a commit. An owner that has the whole state can commit everything anew
    /// (<see cref="CheckpointCommit.ReplacesAll"/>).
    /// </summary>
    Incomplete,

    /// <summary>Another release has written the store, in a layout of the store that this build does not know.</summary>
    OtherFormat,
}

/// <summary>A call to a store has failed. The message names the store, and says what to look at.</summary>
public sealed class CheckpointStoreException(CheckpointStoreProblem problem, string message, Exception? inner = null)
    : Exception(message, inner)
{
    public CheckpointStoreProblem Problem { get; } = problem;

    /// <summary>The problem alone, as a clause, without advice.</summary>
    public string What { get; init; } = message;
}

/// <summary>Another owner has acquired the pipeline. The earlier owner must stop, and must not touch the pipeline any more.</summary>
public sealed class OwnershipLostException(string pipeline, long epoch, long currentEpoch)
    : Exception($"The pipeline “{pipeline}” belongs to another instance now: its epoch is {currentEpoch}, ours was {epoch}.")
{
    public string Pipeline { get; } = pipeline;
}

/// <summary>The store has lost commits that it had confirmed. The owner must begin anew from the state that the store has.</summary>
public sealed class CheckpointRolledBackException(string pipeline, long expectedId, long id)
    : Exception(
        $"The checkpoint of the pipeline “{pipeline}” is number {id} in the store, where {expectedId} was expected: "
        + "the store has gone back, or was reset.")
{
    /// <summary>Number of the latest commit that the store had confirmed.</summary>
    public long ExpectedId { get; } = expectedId;

    public string Pipeline { get; } = pipeline;
}

/// <summary>The store has no state of a pipeline, and the options forbid to begin anew. The message says what to do.</summary>
/// <param name="pipeline">The pipeline's name.</param>
/// <param name="why">Why the pipeline is known to have had state, as a clause. Null if that is not known.</param>
/// <param name="beginning">As <see cref="Views.IViewSource.Beginning"/>.</param>
public sealed class CheckpointMissingException(string pipeline, string? why, string beginning)
    : Exception(
        $"The store has no state of the pipeline “{pipeline}”{(why is null ? "" : $", though {why}")}, "
        + "and Checkpoints:OnMissing is fail. "
        + "See that the store is the right one, restore a copy of it, or import a savepoint with “rx-alerting checkpoint import”. "
        + $"To begin anew deliberately ({beginning}), start once with --set Checkpoints:OnMissing=begin.")
{
    public string Pipeline { get; } = pipeline;
}
