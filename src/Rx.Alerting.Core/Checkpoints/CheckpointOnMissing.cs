namespace Rx.Alerting.Core.Checkpoints;

/// <summary>What to do where the store does not know a pipeline, or has nothing of it any more.</summary>
public enum CheckpointOnMissing
{
    /// <summary>Begin anew, and warn if the pipeline is known to have had state.</summary>
    Begin,

    /// <summary>Fail, unless the stream itself says that the pipeline has never read it.</summary>
    Fail,
}
