using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Core.Notifications;

/// <summary>
/// What one channel knows of an incident, and of those that opened together with it: how they are, what the receiver was told, and what is
/// to be told next. Times are those of this machine's clock.
/// </summary>
internal sealed partial class NotificationThread
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

    /// <summary>The id of what is to be told next. Null: it was not tried yet.</summary>
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

    /// <summary>Whether the receiver knows that somebody has acknowledged it.</summary>
    public bool IsToldAcknowledged { get; set; }

    /// <summary>The slice of views that the receiver was told as the cause, or as one of several; null: none.</summary>
    public string? ToldCause { get; set; }

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

    /// <summary>Which incidents the channel tells as part of others.</summary>
    public Inhibition Inhibition { get; set; } = Inhibition.None;

    /// <summary>What the wholes of its incidents said of them when the thread was decided last.</summary>
    public IReadOnlyList<NotificationObstacle?> Above { get; set; } = [];

    /// <summary>Ids of the open incidents that are told as part of another one.</summary>
    public IEnumerable<string> Parts =>
        incidents.Where(incident => IsOpen(incident) && Inhibition.IsPart(incident)).Select(incident => incident.Id);

    /// <summary>Whether no incident is open that is told by itself.</summary>
    public bool IsOver => incidents.All(incident => !IsOpen(incident) || Inhibition.IsPart(incident));

    /// <summary>Whether no incident is open.</summary>
    public bool HasEnded => !incidents.Exists(IsOpen);

    public bool IsFlapping => Latest.Any(incident => incident.Flapping);

    /// <inheritdoc cref="Notification.IsAcknowledged"/>
    public bool IsAcknowledged => Notification.AreAcknowledged(incidents);

    public bool IsSilenced => Latest.All(incident => incident.SilencedBy.Count > 0);

    /// <inheritdoc cref="IncidentWords.Cause"/>
    public string? Cause => IncidentWords.Cause(Notification.ForemostOf(incidents, [.. Parts]));

    /// <inheritdoc cref="Notification.Severity"/>
    public IncidentSeverity Severity => Notification.SeverityOf(incidents);

    /// <summary>
    /// Whether the receiver knows of one of the incidents, or is about to be told. Of what has ended it knows enough: the pipeline says
    /// next what becomes of the parts.
    /// </summary>
    public bool Tells(Incident incident) => Pending?.IsOpening() == true || (IsTold && (!IsToldOver || !IsOpen(incident)));

    public Incident Find(string id) => incidents.Find(incident => incident.Id == id)!;

    /// <summary>Gives away the records of what was not sent, since the last call.</summary>
    public IReadOnlyList<NotificationRecord> TakeUnreported()
    {
        IReadOnlyList<NotificationRecord> taken = [.. unreported];
        unreported.Clear();
        return taken;
    }

    /// <summary>What is open, or else what has ended last. What ended earlier takes no silence, and says nothing of the others.</summary>
    private IEnumerable<Incident> Latest
    {
        get
        {
            var end = HasEnded ? incidents.Max(incident => incident.ResolvedAt) : null;
            return incidents.Where(incident => HasEnded ? incident.ResolvedAt == end : IsOpen(incident));
        }
    }

    private static bool IsOpen(Incident incident) => incident.Status == IncidentStatus.Open;
}
