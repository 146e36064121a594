namespace Rx.Alerting.Core.Effects;

/// <summary>What happened between the outbox of a pipeline and a channel.</summary>
public enum CourierEventKind
{
    /// <summary>Effects were delivered.</summary>
    Delivered,

    /// <summary>An attempt has failed. It is repeated.</summary>
    Failed,

    /// <summary>Effects had to leave the outbox before they were delivered, because others needed their room.</summary>
    Dropped,

    /// <summary>The channel is not there any more. The effects that it did not have are not delivered to it.</summary>
    Retired,
}

/// <summary>For logs and metrics.</summary>
/// <param name="Pipeline">Name of the pipeline.</param>
/// <param name="Channel">Name of the channel.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Effects">How many effects it is about.</param>
/// <param name="Cursor">The cursor behind it.</param>
public sealed record CourierEvent(string Pipeline, string Channel, CourierEventKind Kind, long Effects, ChannelCursor Cursor)
{
    /// <summary>How long the delivery, or the failed attempt, took.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>
    /// Of a delivery: how long its oldest effect has waited since the commit that has it, or since the pipeline began here.
    /// </summary>
    public TimeSpan Waited { get; init; }

    /// <summary>Why it has failed. Null if it has not.</summary>
    public Exception? Problem { get; init; }
}
