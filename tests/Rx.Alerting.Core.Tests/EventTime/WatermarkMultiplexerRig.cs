using Rx.Alerting.Core.EventTime;

namespace Rx.Alerting.Core.Tests.EventTime;

/// <summary>
/// Drives a multiplexer as Flink's immediate outputs do. Every change is merged at once. Emitting makes a partition active.
/// </summary>
public abstract class WatermarkMultiplexerRig
{
    private readonly WatermarkMultiplexer multiplexer = new();
    private int names;

    private protected WatermarkMultiplexer Multiplexer => multiplexer;

    private protected PartitionWatermark Register() => multiplexer.Register($"partition {names++}");

    private protected void Emit(PartitionWatermark partition, long watermark)
    {
        partition.MarkActive();
        if (partition.Advance(watermark))
            multiplexer.Merge();
    }

    private protected void Idle(PartitionWatermark partition)
    {
        partition.MarkIdle();
        multiplexer.Merge();
    }

    private protected void Activate(PartitionWatermark partition)
    {
        partition.MarkActive();
        multiplexer.Merge();
    }

    private protected void AssertMerged(long watermark, bool idle = false)
    {
        Assert.Equal(watermark, multiplexer.Watermark);
        Assert.Equal(idle, multiplexer.IsIdle);
    }
}
