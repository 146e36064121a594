namespace Rx.Alerting.Core.EventTime;

/// <summary>How far the watermark of a partition may be ahead of the merged watermark.</summary>
/// <param name="maximum">In milliseconds.</param>
internal sealed class WatermarkDrift(long maximum)
{
    /// <summary>The first watermark of any partition: drift is measured from there while no watermark is merged.</summary>
    private long first = long.MinValue;

    /// <summary>In milliseconds.</summary>
    public long Maximum { get; } = maximum;

    /// <summary>Tells the watermark of a partition. Only the first watermark counts.</summary>
    public void Begin(long watermark)
    {
        if (first == long.MinValue)
            first = watermark;
    }

    /// <summary>Drift is measured from <paramref name="watermark"/> while no watermark is merged.</summary>
    public void MeasureFrom(long watermark) => first = watermark;

    /// <summary>No watermark is known any more.</summary>
    public void Forget() => first = long.MinValue;

    /// <summary>The watermark up to which a partition may be read; <see cref="long.MaxValue"/> if no watermark is known.</summary>
    /// <param name="merged">The merged watermark; <see cref="long.MinValue"/> before the first.</param>
    public long Limit(long merged)
    {
        var slowest = merged == long.MinValue ? first : merged;
        return slowest == long.MinValue ? long.MaxValue : slowest + Maximum;
    }
}
