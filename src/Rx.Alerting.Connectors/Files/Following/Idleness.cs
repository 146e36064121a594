using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Files.Following;

/// <summary>What a log was told to be, and when it is idle: after <see cref="FollowOptions.IdleAfter"/>, or at once where it was held meanwhile.</summary>
internal sealed class Idleness(FollowContext context)
{
    private long? quietSince;

    /// <summary>It was idle when it was held, and nothing has been read since.</summary>
    private bool held;

    internal PartitionStatus? Told { get; set; }

    /// <summary>The log may not be read; false where it is not idle.</summary>
    internal bool TryHold()
    {
        if (Told != PartitionStatus.Idle)
            return false;
        return held = true;
    }

    /// <summary>Something was read.</summary>
    internal void End() => (quietSince, held) = (null, false);

    /// <summary>There is, or may be, something to read, for which event time has to wait; said once.</summary>
    internal PartitionStatus? Wake()
    {
        if (Told != PartitionStatus.Idle)
            return null;
        End();
        return PartitionStatus.Active;
    }

    /// <summary>Nothing to read for now; said once, after a while.</summary>
    internal PartitionStatus? Rest()
    {
        if (Told == PartitionStatus.Idle)
            return null;
        quietSince ??= context.Time.GetTimestamp();
        return held || context.Time.GetElapsedTime(quietSince.Value) >= context.Options.IdleAfter ? PartitionStatus.Idle : null;
    }
}
