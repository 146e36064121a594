namespace Rx.Alerting.Core.EventTime;

/// <summary>The watermark of one partition, as input of the merge.</summary>
internal sealed class PartitionWatermark(string name, long watermark = long.MinValue, bool isIdle = false)
{
    public string Name { get; } = name;

    /// <summary><see cref="long.MinValue"/> before the first watermark. Views do not move the watermark backwards.</summary>
    public long Watermark { get; private set; } = watermark;

    /// <summary>An idle partition does not hold the merged watermark back.</summary>
    public bool IsIdle { get; private set; } = isIdle;

    /// <summary>Raises the watermark.</summary>
    /// <returns>False if <paramref name="value"/> is no advance, or the partition is idle: then nothing happens.</returns>
    public bool Advance(long value)
    {
        if (IsIdle || value <= Watermark)
            return false;
        Watermark = value;
        return true;
    }

    /// <summary>Sets the watermark back to before the first watermark.</summary>
    public void Forget() => Watermark = long.MinValue;

    public void MarkIdle() => IsIdle = true;

    public void MarkActive() => IsIdle = false;
}
