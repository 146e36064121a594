using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Core.Notifications;

/// <summary>
/// What one channel knows of an incident, and of those that opened together with it: how they are, what the receiver was told, and what is
/// to be told next. Times are those of this machine's clock.
/// </summary>
internal sealed class NotificationThread
{
    private readonly List<Incident> incidents;
    private readonly List<NotificationRecord> records;
    private readonly List<NotificationRecord> unreported = [];

    public NotificationThread(Incident first) => (incidents, records) = ([first], []);

    internal NotificationThread(IEnumerable<Incident> incidents, IEnumerable<NotificationRecord> records) =>
        (this.incidents, this.records) = ([.. incidents], [.. records]);

    /// <summary>The latest states; the one that opened first comes first.</summary>
    public IReadOnlyList<Incident> Incidents => incidents;

    /// <summary>What was sent, and what was not; the oldest first.</summary>
    public IReadOnlyList<NotificationRecord> Records => records;

    public string Id => incidents[0].Id;

    /// <summary>Grows with every change. Of two states of a thread the later one stays.</summary>
    public long Version { get; set; }

    /// <summary>What is to be told next. Null: nothing.</summary>
    public NotificationEvent? Pending { get; set; }

    /// <summary>Since when it is to be told.</summary>
    public DateTimeOffset PendingSince { get; set; }

    /// <summary>When it may be told.</summary>
    public DateTimeOffset NotBefore { get; set; }

    /// <summary>Failed attempts to tell it.</summary>
    public int Attempts { get; set; }

    /// <inheritdoc cref="Notification.DeliveryId"/>
    public string? DeliveryId { get; set; }

    /// <summary>Whether an attempt is under way. If the process ends meanwhile, nobody knows what has become of it.</summary>
    public bool IsUnderWay { get; set; }

    /// <inheritdoc cref="Notification.IsInDoubt"/>
    public bool IsInDoubt { get; set; }

    /// <summary>How many times the process has ended with the delivery under way.</summary>
    public int Interruptions { get; set; }

    /// <summary>Whether the receiver has been told anything.</summary>
    public bool IsTold { get; set; }

    /// <summary>Whether the receiver takes it for over.</summary>
    public bool IsToldOver { get; set; }

    /// <summary>Whether the receiver knows that somebody has taken it on.</summary>
    public bool IsToldAcknowledged { get; set; }

    /// <summary>Whether it is not tried any more to tell the receiver for the first time.</summary>
    public bool IsGivenUp { get; set; }

    /// <summary>Whether something has changed since the receiver was told.</summary>
    public bool IsStale { get; set; }

    /// <summary>The highest severity that the receiver was told since it opened or re-opened.</summary>
    public IncidentSeverity ToldSeverity { get; set; }

    /// <inheritdoc cref="Notification.Occurrence"/>
    public int Occurrence { get; set; }

    /// <inheritdoc cref="Notification.Reference"/>
    public string? Reference { get; set; }

    /// <summary>When people were told last so that they look.</summary>
    public DateTimeOffset LoudAt { get; set; }

    /// <summary>When the receiver was told last.</summary>
    public DateTimeOffset ToldAt { get; set; }

    /// <summary>When the receiver was told that it is over.</summary>
    public DateTimeOffset OverAt { get; set; }

    /// <summary>Whether no incident is open that is told by itself.</summary>
    public bool IsOver => incidents.All(incident => !IsOpen(incident) || incident.Inhibited);

    /// <summary>Whether no incident is open.</summary>
    public bool HasEnded => !incidents.Exists(IsOpen);

    public bool IsFlapping => incidents.Exists(incident => incident.Flapping);

    /// <inheritdoc cref="Notification.IsAcknowledged"/>
    public bool IsAcknowledged => Notification.AreAcknowledged(incidents);

    public bool IsSilenced => incidents.All(incident => incident.SilencedBy.Count > 0);

    /// <inheritdoc cref="Notification.Severity"/>
    public IncidentSeverity Severity => Notification.SeverityOf(incidents);

    public Incident Find(string id) => incidents.Find(incident => incident.Id == id)!;

    /// <summary>Takes the latest state of one of the incidents, or another incident that opened together with them.</summary>
    public void Take(Incident incident)
    {
        var index = incidents.FindIndex(known => known.Id == incident.Id);
        if (index < 0)
            incidents.Add(incident);
        else
            incidents[index] = incident;
        IsStale = true;
    }

    /// <summary>The pipeline does not know an incident any more.</summary>
    public void Lose(Incident incident)
    {
        if (IsOpen(incident))
            Take(incident with { Status = IncidentStatus.Expired, ResolvedAt = incident.UpdatedAt });
    }

    /// <summary>Something is to be told.</summary>
    public void Await(NotificationEvent next, DateTimeOffset now, DateTimeOffset notBefore)
    {
        if (Pending is null)
            (PendingSince, NotBefore) = (now, notBefore);
        else if (notBefore < NotBefore && Attempts == 0)
            NotBefore = notBefore;
        Pending = next;
    }

    /// <summary>Nothing is to be told any more.</summary>
    public void Settle()
    {
        (Pending, Attempts) = (null, 0);
        Start(null);
    }

    /// <summary>The receiver is taken to know how things are.</summary>
    /// <param name="what">Why it was to be told.</param>
    public void Know(NotificationEvent what)
    {
        ToldSeverity = Severity > ToldSeverity && what is not NotificationEvent.Updated ? Severity : ToldSeverity;
        IsToldOver = what.IsTurn() ? IsOver : IsToldOver;
        (IsToldAcknowledged, IsStale) = (IsAcknowledged, false);
    }

    /// <summary>
    /// Nobody knows whether the receiver was told something that is no longer so. It is taken to have been told, and is told next how
    /// things are now: that says more than the same again.
    /// </summary>
    public void Assume(NotificationEvent told, DateTimeOffset now)
    {
        Settle();
        (IsTold, IsToldOver, IsStale) = (true, !told.IsOpening(), true);
        (ToldAt, LoudAt, ToldSeverity) = (now, now, Severity);
        Occurrence += told is NotificationEvent.Reopened ? 1 : 0;
    }

    /// <summary>Another delivery comes next.</summary>
    public void Start(string? deliveryId) => (DeliveryId, IsUnderWay, IsInDoubt, Interruptions) = (deliveryId, false, false, 0);

    /// <summary>Another process had the thread before.</summary>
    public void Inherit()
    {
        // Perhaps whoever has started the service has mended the reason.
        IsGivenUp &= Records is not [.., { Outcome: NotificationOutcome.Refused }];
        if (!IsUnderWay)
            return;
        Doubt();
        Interruptions++;
    }

    /// <summary>Nobody knows what has become of the attempt that was under way.</summary>
    public void Doubt() => (IsUnderWay, IsInDoubt, IsStale) = (false, true, true);

    /// <summary>Keeps a record. What was not sent for the same reason again only counts.</summary>
    public void Keep(NotificationRecord record, int maximum)
    {
        if (records is [.., var last] && record.Outcome != NotificationOutcome.Delivered
            && (last.Event, last.Outcome, last.Detail) == (record.Event, record.Outcome, record.Detail))
            records[^1] = record with { Repeats = last.Repeats + 1 };
        else
        {
            records.Add(record);
            if (record.Outcome is not (NotificationOutcome.Delivered or NotificationOutcome.Refused or NotificationOutcome.GivenUp))
                unreported.Add(record);
        }

        records.RemoveRange(0, Math.Max(0, records.Count - maximum));
    }

    /// <summary>Gives away the records of what was not sent, since the last call.</summary>
    public IReadOnlyList<NotificationRecord> TakeUnreported()
    {
        IReadOnlyList<NotificationRecord> taken = [.. unreported];
        unreported.Clear();
        return taken;
    }

    private static bool IsOpen(Incident incident) => incident.Status == IncidentStatus.Open;
}
