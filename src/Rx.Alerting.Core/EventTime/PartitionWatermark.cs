namespace Rx.Alerting.Core.EventTime;

/// <summary>What one partition contributes to the merged watermark.</summary>
internal sealed class PartitionWatermark(string name, long watermark = long.MinValue, bool isIdle = false)
{
    public string Name { get; } = name;

    /// <summary>Does not go backwards by views; <see cref="long.MinValue"/> until the first one is known.</summary>
    public long Watermark { get; private set; } = watermark;

    /// <summary>An idle partition does not hold the merged watermark back.</summary>
    public bool IsIdle { get; private set; } = isIdle;

    /// <summary>Raises the watermark. Ignored, with <c>false</c>, when it is no advance or the partition is idle.</summary>
    public bool Advance(long value)
    {
        if (IsIdle || value <= Watermark)
            return false;
        Watermark = value;
        return true;
    }

    /// <summary>As before the first watermark.</summary>
    public void Forget() => Watermark = long.MinValue;

    public void MarkIdle() => IsIdle = true;

    public void MarkActive() => IsIdle = false;
}
