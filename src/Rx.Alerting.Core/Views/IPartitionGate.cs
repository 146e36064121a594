namespace Rx.Alerting.Core.Views;

/// <summary>
/// Tells a source which partitions to read just now. Closed is a partition whose event time is far ahead of the others'
/// (watermark alignment), until they have come nearer, and every one while too much is not committed; so what is open stays bounded.
/// </summary>
public interface IPartitionGate
{
    /// <summary>
    /// May be asked on the thread that pushes, between two batches. Where the answer is no, the source pauses that partition,
    /// reads the others on, and asks again after their batches, and a few times a second where there are none; a paused partition is not idle.
    /// </summary>
    bool IsOpen(string partition);
}
