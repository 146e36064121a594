namespace Rx.Alerting.Core.Pipeline;

/// <summary>
/// Watermark alignment: tells a source which partitions to read just now. A partition whose event time is far ahead of the
/// others' is closed until they have come nearer, so that what is open in the pipeline stays bounded.
/// </summary>
public interface IPartitionGate
{
    /// <summary>
    /// May be asked on the thread that pushes, between two batches. Where the answer is no, the source pauses that partition,
    /// reads the others on, and asks again after their batches; a paused partition is not idle.
    /// </summary>
    bool IsOpen(string partition);
}
