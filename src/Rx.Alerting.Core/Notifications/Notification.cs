using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Core.Notifications;

/// <summary>What one channel is to tell of an incident, and of those that opened together with it.</summary>
public sealed record Notification
{
    /// <summary>Stays the same when the notification is sent again.</summary>
    public required string DeliveryId { get; init; }

    /// <summary>The same for all that a channel tells of these incidents: the id of the first one.</summary>
    public required string ThreadId { get; init; }

    /// <summary>Why people are told.</summary>
    public required NotificationEvent Event { get; init; }

    /// <summary>The latest states, at least one.</summary>
    public required IReadOnlyList<Incident> Incidents { get; init; }

    /// <summary>
    /// The one that stands for all: of what is open, and told by itself, the most severe one, then the one with most affected views. If
    /// nothing is open, the one that opened first.
    /// </summary>
    public Incident Incident => ForemostOf(Incidents, Parts);

    /// <summary>The other ones.</summary>
    public IEnumerable<Incident> Others
    {
        get
        {
            var shown = Incident.Id;
            return Incidents.Where(incident => incident.Id != shown);
        }
    }

    /// <summary>Ids of the open incidents that this channel tells as part of another one.</summary>
    public IReadOnlyList<string> Parts { get; init; } = [];

    /// <summary>Whether none of the incidents is open any more, or all are told as part of another one.</summary>
    public required bool IsOver { get; init; }

    /// <summary>Whether people are to look now. If not, a message that is there is brought up to date.</summary>
    public required bool IsLoud { get; init; }

    /// <summary>How many times the incidents broke out again. A receiver that knows no re-opening takes each for another alert.</summary>
    public required int Occurrence { get; init; }

    /// <summary>What the receiver has answered before, for an edit or an end. Null: nothing has been sent yet.</summary>
    public string? Reference { get; init; }

    /// <summary>Nobody knows whether an earlier attempt has arrived.</summary>
    public bool IsInDoubt { get; init; }

    /// <summary>Whether somebody has acknowledged all that is open.</summary>
    public bool IsAcknowledged => AreAcknowledged(Incidents);

    /// <summary>The highest severity of what is open; of what is over, the one it had.</summary>
    public IncidentSeverity Severity => SeverityOf(Incidents);

    /// <summary>Where people can read more. Null: no address is configured.</summary>
    public Uri? Link { get; init; }

    internal static Notification Of(NotificationThread thread, NotificationEvent what, int occurrence, Func<string, Uri?> linkTo)
    {
        var notification = new Notification
        {
            DeliveryId = thread.DeliveryId!,
            ThreadId = thread.Id,
            Event = what,
            Incidents = [.. thread.Incidents],
            Parts = [.. thread.Parts],
            IsOver = thread.IsOver,
            IsLoud = NotificationRules.IsLoud(thread, what),
            Occurrence = occurrence,
            Reference = thread.Reference,
            IsInDoubt = thread.IsInDoubt,
        };
        return notification with { Link = linkTo(notification.Incident.Id) };
    }

    internal static bool AreAcknowledged(IReadOnlyList<Incident> incidents) =>
        incidents.Any(IsOpen) && incidents.All(incident => !IsOpen(incident) || incident.Acknowledgement is not null);

    internal static IncidentSeverity SeverityOf(IReadOnlyList<Incident> incidents) =>
        incidents.Where(IsOpen).Select(incident => incident.Severity).DefaultIfEmpty(incidents[0].Severity).Max();

    internal static Incident ForemostOf(IReadOnlyList<Incident> incidents, IReadOnlyCollection<string> parts) => incidents.Where(IsOpen)
        .OrderByDescending(incident => !parts.Contains(incident.Id))
        .ThenByDescending(incident => incident.Severity)
        .ThenByDescending(incident => incident.AffectedViews)
        .FirstOrDefault(incidents[0]);

    private static bool IsOpen(Incident incident) => incident.Status == IncidentStatus.Open;
}

internal static class NotificationEvents
{
    /// <summary>Whether the receiver takes the incident for over, or for open, from then on.</summary>
    public static bool IsTurn(this NotificationEvent what) =>
        what.IsOpening() || what is NotificationEvent.Closed or NotificationEvent.Expired or NotificationEvent.Folded;

    public static bool IsOpening(this NotificationEvent what) => what is NotificationEvent.Opened or NotificationEvent.Reopened;
}

/// <summary>Why people are told. Numbers are kept by the store: new events go to the end.</summary>
public enum NotificationEvent
{
    /// <summary>There is something new.</summary>
    Opened,

    /// <summary>It has ended, and broke out again.</summary>
    Reopened,

    /// <summary>It became an alert.</summary>
    SeverityRaised,

    /// <summary>It goes on, and nobody has acknowledged it.</summary>
    Reminder,

    /// <summary>It is over.</summary>
    Closed,

    /// <summary>Nobody knows whether it is over.</summary>
    Expired,

    /// <summary>It is told as part of another incident from now on.</summary>
    Folded,

    /// <summary>Somebody has acknowledged it.</summary>
    Acknowledged,

    /// <summary>Something else has changed.</summary>
    Updated,

    /// <summary>It is known which views fail, or that it was others than was told.</summary>
    CauseFound,
}
