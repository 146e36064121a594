namespace Rx.Alerting.Core.Views;

/// <summary>Back-pressure by partition: tells a source which partitions to read right now, so that memory stays bounded.</summary>
/// <remarks>
/// The gate is closed in these cases:
/// <list type="bullet">
/// <item>The partition's event time is far ahead of the other partitions (watermark alignment): until they have come nearer.</item>
/// <item>Too much is not committed: every partition's gate is closed until the next commit.</item>
/// <item>Somebody has paused the pipeline: every partition's gate is closed until somebody resumes it.</item>
/// </list>
/// A source treats a closed partition as follows:
/// <list type="number">
/// <item>The source pauses the partition, and reads the other partitions on. A paused partition is not idle.</item>
/// <item>The source asks again after each batch of another partition. Without such batches, the source asks a few times a second.</item>
/// <item>The gate is open: the source reads the partition on.</item>
/// </list>
/// </remarks>
public interface IPartitionGate
{
    /// <summary>Whether to read the partition right now. Call on the thread that pushes batches, between two batches.</summary>
    bool IsOpen(string partition);

    /// <summary>
    /// Whether nothing is to be read at all: also no partition that is read while its gate is closed, because others wait for its end.
    /// </summary>
    bool IsPaused => false;
}
