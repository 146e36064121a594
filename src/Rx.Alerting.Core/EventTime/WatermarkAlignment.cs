using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.EventTime;

/// <summary>
/// Closes the gate of a partition while its watermark is more than <see cref="EventTimeOptions.MaximumDrift"/> ahead of the merged
/// watermark. So the open panes are bounded by event time, however fast a partition can be read.
/// </summary>
/// <remarks>This is Apache Flink's watermark alignment, on the watermarks that the pipeline has anyway.</remarks>
internal sealed class WatermarkAlignment(WatermarkState state) : IPartitionGate
{
    public bool IsOpen(string partition) => state.IsWithinDrift(partition);
}
