namespace Rx.Alerting.Core.Checkpoints;

/// <summary>What to do if the store has no state of a pipeline.</summary>
public enum CheckpointOnMissing
{
    /// <summary>Begin anew. Warn if the pipeline is known to have had state.</summary>
    Begin,

    /// <summary>Fail, unless the stream itself says that the pipeline has never read its views.</summary>
    Fail,
}
