namespace Rx.Alerting.Core.Checkpoints;

/// <summary>Why a store did not do what it was asked for.</summary>
public enum CheckpointStoreProblem
{
    /// <summary>It does not answer, or not in time: how the call ended is not known.</summary>
    Unavailable,

    /// <summary>It does not let us in: credentials, certificate, permissions.</summary>
    Refused,

    /// <summary>It has no room.</summary>
    Full,

    /// <summary>It takes no writes: a replica, a file system without permission.</summary>
    ReadOnly,

    /// <summary>It holds something that it cannot have been given.</summary>
    Damaged,

    /// <summary>Entries that it was given are gone, or a commit is there in part. Whoever has the whole state can give it all anew (<see cref="CheckpointCommit.ReplacesAll"/>).</summary>
    Incomplete,

    /// <summary>Another release wrote what it holds, in a layout of the store that this build does not know.</summary>
    OtherFormat,
}

/// <summary>A store did not do what it was asked for. The message names the store and says what to look at.</summary>
public sealed class CheckpointStoreException(CheckpointStoreProblem problem, string message, Exception? inner = null) : Exception(message, inner)
{
    public CheckpointStoreProblem Problem { get; } = problem;

    /// <summary>What is wrong, as a clause without what to do about it.</summary>
    public string What { get; init; } = message;
}

/// <summary>Another owner has acquired the pipeline: whoever gets this stops, and touches nothing any more.</summary>
public sealed class OwnershipLostException(string pipeline, long epoch, long currentEpoch)
    : Exception($"The pipeline “{pipeline}” belongs to another instance now: its epoch is {currentEpoch}, ours was {epoch}.")
{
    public string Pipeline { get; } = pipeline;
}

/// <summary>The store has lost commits that it had confirmed: whoever gets this begins anew from what the store has.</summary>
public sealed class CheckpointRolledBackException(string pipeline, long expectedId, long id)
    : Exception($"The checkpoint of the pipeline “{pipeline}” is number {id} in the store, where {expectedId} was expected: the store has gone back, or was reset.")
{
    /// <summary>Number of the commit that the store had confirmed.</summary>
    public long ExpectedId { get; } = expectedId;

    public string Pipeline { get; } = pipeline;
}

/// <summary>The store has no state of a pipeline, and may not be begun with. The message says what to do.</summary>
public sealed class CheckpointMissingException(string pipeline, string? why, string beginning)
    : Exception($"The store has no state of the pipeline “{pipeline}”{(why is null ? "" : $", though {why}")}, and Checkpoints:OnMissing is fail. See that the store is the right one, restore a copy of it, or import a "
        + $"savepoint with “rx-alerting checkpoint import”. To begin anew deliberately ({beginning}), start once with --set Checkpoints:OnMissing=begin.")
{
    public string Pipeline { get; } = pipeline;
}
