using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Notifications;

namespace Rx.Alerting.Service.Pages;

/// <summary>What a channel has told of incidents, or why not, in short.</summary>
/// <param name="Incidents">Ids of the incidents, which were told together.</param>
/// <param name="Channel">The channel's name.</param>
/// <param name="At">When, by the clock of the machine that told.</param>
/// <param name="Event">Why people were to be told.</param>
/// <param name="Outcome">What has become of it. Null: it waits.</param>
/// <param name="Detail">What the receiver said, the silence, or the whole; may be null.</param>
/// <param name="Attempts">How many times it was tried.</param>
/// <param name="Repeats">How many times in a row it came out like this.</param>
public sealed record Told(
    IReadOnlyList<string> Incidents,
    string Channel,
    DateTimeOffset At,
    NotificationEvent Event,
    NotificationOutcome? Outcome,
    string? Detail,
    int Attempts,
    int Repeats)
{
    public static Told Of(ToldNotification told) => new(
        [.. told.Incidents.Select(incident => incident.Id)],
        told.Channel,
        told.At,
        told.Event,
        told.Outcome,
        told.Detail is { } detail ? IncidentWords.Printable(detail) : null,
        told.Attempts,
        told.Repeats);

    /// <summary>The same without what it may say of other incidents, as for somebody who may not see those.</summary>
    public Told OfOneIncident(string id) => this with { Incidents = [id], Detail = null };

    /// <summary>Whether somebody was told.</summary>
    public bool IsTold => Outcome == NotificationOutcome.Delivered;

    /// <summary>Whether it was meant to be told, and was not.</summary>
    public bool IsFailed => Outcome is NotificationOutcome.Refused or NotificationOutcome.GivenUp or NotificationOutcome.NotStored
        || (Outcome is null && Attempts > 0);

    public string EventWords => Event switch
    {
        NotificationEvent.Opened => "opened",
        NotificationEvent.Reopened => "re-opened",
        NotificationEvent.SeverityRaised => "became an alert",
        NotificationEvent.Reminder => "reminder",
        NotificationEvent.Closed => "closed",
        NotificationEvent.Expired => "expired",
        NotificationEvent.Folded => "became part of a larger incident",
        NotificationEvent.Acknowledged => "acknowledged",
        NotificationEvent.CauseFound => "cause found",
        _ => "changed",
    };

    public string OutcomeWords => Outcome switch
    {
        null when Attempts > 0 => "not told yet: it fails, and is tried again",
        null => "not told yet: it waits",
        NotificationOutcome.Delivered => "told",
        NotificationOutcome.Inhibited => "not told: part of an incident that is told",
        NotificationOutcome.Silenced => "not told: silenced",
        NotificationOutcome.BelowSeverity => "not told: not severe enough for this channel",
        NotificationOutcome.NoRoute => "not told: no route leads to this channel",
        NotificationOutcome.Acknowledged => "not told: somebody has acknowledged it",
        NotificationOutcome.TooOld => "not told: it happened too long ago",
        NotificationOutcome.OverBefore => "not told: over before it could be told",
        NotificationOutcome.NotWanted => "not told: this channel does not tell such things",
        NotificationOutcome.Refused => "not told: the receiver refuses it",
        NotificationOutcome.GivenUp => "not told: given up",
        _ => "not told: the store does not take it",
    };
}
