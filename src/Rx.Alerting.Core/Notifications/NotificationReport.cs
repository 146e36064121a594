namespace Rx.Alerting.Core.Notifications;

/// <summary>What a channel has tried, for logs and metrics.</summary>
/// <param name="Channel">The channel's name.</param>
/// <param name="Pipeline">Whose incident it is.</param>
/// <param name="ThreadId">The first incident of which the channel tells.</param>
/// <param name="Kind">What has happened.</param>
/// <param name="Event">What was told; null where the store has failed, or nothing fails any more.</param>
/// <param name="Problem">Why it has failed; holds no secret. Null: it has not.</param>
/// <param name="Attempts">How many attempts have failed.</param>
/// <param name="Latency">How long it was to be told until now.</param>
public sealed record NotificationReport(
    string Channel,
    string Pipeline,
    string ThreadId,
    NotificationReportKind Kind,
    NotificationEvent? Event,
    string? Problem,
    int Attempts,
    TimeSpan Latency)
{
    /// <summary>How long the attempt took. Zero where there was none.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>Why it was not sent. Null: the receiver decides.</summary>
    public NotificationOutcome? Obstacle { get; init; }

    internal static NotificationReport NotSent(string channel, string pipeline, string threadId, NotificationRecord record) =>
        new(channel, pipeline, threadId, NotificationReportKind.NotSent, record.Event, record.Detail, 0, TimeSpan.Zero)
        {
            Obstacle = record.Outcome,
        };

    internal static NotificationReport NotStored(string channel, string pipeline, NotificationThread thread, string problem) =>
        new(
            channel,
            pipeline,
            thread.Id,
            NotificationReportKind.GivenUp,
            thread.Pending ?? thread.Records.LastOrDefault()?.Event,
            $"the store takes everything but what is known of it, so nothing more is told of it: {problem}",
            thread.Attempts,
            TimeSpan.Zero)
        {
            Obstacle = NotificationOutcome.NotStored,
        };
}

/// <summary>What a channel has tried.</summary>
public enum NotificationReportKind
{
    /// <summary>The receiver has it.</summary>
    Delivered,

    /// <summary>It has failed, and will be tried again.</summary>
    Failed,

    /// <summary>The receiver will never take it.</summary>
    Refused,

    /// <summary>The receiver has not taken it in time.</summary>
    GivenUp,

    /// <summary>It was not tried, for a reason that is remembered.</summary>
    NotSent,

    /// <summary>The store does not take what is to be remembered, so nothing is told.</summary>
    StoreFailed,

    /// <summary>What has failed was given up, or need not be told any more, and nothing else has failed.</summary>
    NothingFails,
}
