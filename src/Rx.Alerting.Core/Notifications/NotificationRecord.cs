namespace Rx.Alerting.Core.Notifications;

/// <summary>What has become of one notification, sent or not. It answers why somebody was told, or was not.</summary>
/// <param name="At">When, by this machine's clock.</param>
/// <param name="Event">Why people were to be told.</param>
/// <param name="Outcome">What has become of it.</param>
/// <param name="Detail">The silence, the parent, or what the receiver said. Null: there is nothing to say.</param>
/// <param name="Attempts">How many times it was tried.</param>
/// <param name="Latency">From when it was due until it was delivered or given up.</param>
/// <param name="Repeats">How many times in a row it came out like this. The latest time is told.</param>
public sealed record NotificationRecord(
    DateTimeOffset At,
    NotificationEvent Event,
    NotificationOutcome Outcome,
    string? Detail = null,
    int Attempts = 0,
    TimeSpan Latency = default,
    int Repeats = 1);

/// <summary>What has become of a notification. Numbers are kept by the store: new ones go to the end.</summary>
public enum NotificationOutcome
{
    /// <summary>The receiver has it.</summary>
    Delivered,

    /// <summary>It is part of another incident, which is told.</summary>
    Inhibited,

    /// <summary>A silence is above it.</summary>
    Silenced,

    /// <summary>It is not severe enough for the channel.</summary>
    BelowSeverity,

    /// <summary>No route leads to the channel.</summary>
    NoRoute,

    /// <summary>Somebody has taken the incident on.</summary>
    Acknowledged,

    /// <summary>It happened long ago: the stream is being caught up with.</summary>
    TooOld,

    /// <summary>It was over before it could be told.</summary>
    OverBefore,

    /// <summary>The channel does not tell such things.</summary>
    NotWanted,

    /// <summary>The receiver will never take it.</summary>
    Refused,

    /// <summary>The receiver has not taken it in time.</summary>
    GivenUp,

    /// <summary>The store does not take what has to be remembered of it. Only reported: it cannot be stored.</summary>
    NotStored,
}
