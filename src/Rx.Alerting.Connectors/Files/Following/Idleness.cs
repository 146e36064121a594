using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Files.Following;

/// <summary>
/// The status that a log was said to have, and when to say that it is idle: after <see cref="FollowOptions.IdleAfter"/>; or at once, if the
/// log was idle before its gate closed.
/// </summary>
internal sealed class Idleness(FollowContext context)
{
    private long? quietSince;

    /// <summary>The log was idle when its gate closed, and nothing has been read since.</summary>
    private bool held;

    internal PartitionStatus? Told { get; set; }

    /// <summary>The gate is closed. True if the log was said to be idle, so that it is to be said that it is active.</summary>
    internal bool TryHold()
    {
        if (Told != PartitionStatus.Idle)
            return false;
        return held = true;
    }

    /// <summary>Something was read.</summary>
    internal void End() => (quietSince, held) = (null, false);

    /// <summary>There may be something to read, so event time has to wait. Gives a status only if that was not said already.</summary>
    internal PartitionStatus? Wake()
    {
        if (Told != PartitionStatus.Idle)
            return null;
        End();
        return PartitionStatus.Active;
    }

    /// <summary>There is nothing to read now. Gives a status only once, after a while.</summary>
    internal PartitionStatus? Rest()
    {
        if (Told == PartitionStatus.Idle)
            return null;
        quietSince ??= context.Time.GetTimestamp();
        return held || context.Time.GetElapsedTime(quietSince.Value) >= context.Options.IdleAfter ? PartitionStatus.Idle : null;
    }
}
