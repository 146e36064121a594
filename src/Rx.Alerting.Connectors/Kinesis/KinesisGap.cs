namespace Rx.Alerting.Connectors.Kinesis;

/// <summary>What to do where the stream no longer has what is to be read next.</summary>
public enum KinesisGap
{
    /// <summary>Stop with a message that names the shard and the position.</summary>
    Fail,

    /// <summary>Go on with the oldest record that is there; the gap is counted and logged.</summary>
    Skip,
}
