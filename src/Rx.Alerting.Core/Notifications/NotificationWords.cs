using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Core.Notifications;

/// <summary>
/// What a notification says in words. Texts of the stream in it are printable; channels escape what means something to them.
/// </summary>
/// <param name="Heading">What has happened to what: <c>Alert: 40361</c>.</param>
/// <param name="Summary">One line with the figures.</param>
public sealed record NotificationWords(string Heading, string Summary)
{
    public static NotificationWords Of(Notification notification)
    {
        var incident = notification.Incident;
        var more = notification.Incidents.Count - 1;
        var subject = IncidentWords.Subject(incident) + (more > 0 ? $" and {more} more" : string.Empty);
        var facts = new List<string>
        {
            $"{IncidentWords.Percent(incident.MeasuredValue)}, unusual from {IncidentWords.Percent(incident.Threshold)}",
            $"{IncidentWords.Views(incident.AffectedViews)} affected",
        };
        if (incident.AffectedTitles > 1)
            facts.Add($"{IncidentWords.Count(incident.AffectedTitles)} titles");
        if (notification.IsOver)
            facts.Add($"lasted {IncidentWords.Lasted(incident)}");
        if (IncidentWords.Explained(incident) is { } explained)
            facts.Add(explained);
        if (IncidentWords.Why(incident) is { } why)
            facts.Add(why);
        return new(
            $"{State(notification)}: {subject}",
            $"{subject}: {IncidentWords.Printable(incident.ErrorDescription)} ({string.Join(", ", facts)})");
    }

    private static string State(Notification notification) => notification switch
    {
        { Event: NotificationEvent.Folded } => "Part of a larger incident",
        { IsOver: true, Incident.Status: IncidentStatus.Expired } => "Expired",
        { IsOver: true } => "Closed",
        { Event: NotificationEvent.CauseFound } => "Cause found",
        { IsAcknowledged: true } => "Acknowledged",
        { Event: NotificationEvent.Reopened } => "Re-opened",
        { Event: NotificationEvent.Reminder } => "Still open",
        { Severity: IncidentSeverity.Alert } => "Alert",
        _ => "Warning",
    };
}
