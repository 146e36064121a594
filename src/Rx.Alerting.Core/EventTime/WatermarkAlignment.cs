using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.EventTime;

/// <summary>
/// Closes a partition while its watermark is more than <see cref="EventTimeOptions.MaximumDrift"/> ahead of the merged one: what
/// is open in the pipeline is then bounded by event time, however fast a partition can be read.
/// </summary>
/// <remarks>Apache Flink's watermark alignment, by the watermarks that the pipeline has anyway.</remarks>
internal sealed class WatermarkAlignment(WatermarkState state) : IPartitionGate
{
    public bool IsOpen(string partition) => state.IsAligned(partition);
}
