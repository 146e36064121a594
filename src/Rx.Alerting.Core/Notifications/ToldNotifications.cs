using Rx.Alerting.Core.Effects;
using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Core.Notifications;

/// <summary>What a channel has told of an incident, or of several that opened together; or not told.</summary>
/// <param name="Channel">The channel's name.</param>
/// <param name="Pipeline">Whose incidents they are.</param>
/// <param name="Incidents">The incidents, as the channel knows them; the one that opened first comes first.</param>
/// <param name="At">When it was told, or since when it waits.</param>
/// <param name="Event">Why people were to be told.</param>
/// <param name="Outcome">What has become of it. Null: it waits.</param>
/// <param name="Detail"><inheritdoc cref="NotificationRecord" path="/param[@name='Detail']"/></param>
/// <param name="Attempts"><inheritdoc cref="NotificationRecord" path="/param[@name='Attempts']"/></param>
/// <param name="Repeats"><inheritdoc cref="NotificationRecord" path="/param[@name='Repeats']"/></param>
public sealed record ToldNotification(
    string Channel,
    string Pipeline,
    IReadOnlyList<Incident> Incidents,
    DateTimeOffset At,
    NotificationEvent Event,
    NotificationOutcome? Outcome,
    string? Detail,
    int Attempts,
    int Repeats);

/// <summary>Reads the board of notifications.</summary>
public static class ToldNotifications
{
    /// <summary>All that channels remember, in no order.</summary>
    /// <exception cref="Checkpoints.CheckpointFormatException">A newer release has written it.</exception>
    public static IEnumerable<ToldNotification> Of(BoardReading whole) => whole.Entries.SelectMany(Of);

    private static IEnumerable<ToldNotification> Of(BoardEntry entry)
    {
        var thread = ThreadEncoding.Decode(entry);
        var (pipeline, channel) = NotificationPart.Names(entry.Pipeline);
        var told = thread.Records.Select(record => new ToldNotification(
            channel, pipeline, thread.Incidents, record.At, record.Event, record.Outcome, record.Detail, record.Attempts, record.Repeats));
        return thread.Pending is { } next
            ? told.Append(new(channel, pipeline, thread.Incidents, thread.PendingSince, next, null, null, thread.Attempts, 1))
            : told;
    }
}
