using System.Globalization;
using System.Text.Json.Nodes;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Notifications;

namespace Rx.Alerting.Connectors.Alertmanager;

/// <summary>A notification as alerts of Alertmanager's API v2: one for each incident.</summary>
/// <remarks>
/// Labels identify an alert, so they hold what stays the same, and the severity, by which people route. When the severity changes, the
/// alert with the earlier one is told to have ended. Event time may be far from the clock by which Alertmanager ends alerts, so ends are
/// times of the clock.
/// </remarks>
internal static class AlertmanagerAlerts
{
    private const int Characters = 1024;

    /// <summary>So many intervals without news end an alert, as with Prometheus.</summary>
    private const int Intervals = 4;

    /// <returns>The alerts, perhaps none, and what Alertmanager knows when it has them.</returns>
    public static (JsonArray Alerts, IReadOnlyDictionary<string, AlertmanagerMemory> Told) Of(
        Notification notification, TimeSpan interval, DateTimeOffset now)
    {
        var before = AlertmanagerMemory.Parse(notification.Reference);
        var told = new Dictionary<string, AlertmanagerMemory>(StringComparer.Ordinal);
        var alerts = new JsonArray();
        foreach (var incident in notification.Incidents)
        {
            var earlier = before.GetValueOrDefault(incident.Id);
            var isOpen = incident.Status == IncidentStatus.Open && !notification.Parts.Contains(incident.Id);
            if (earlier is null && !isOpen && (before.Count > 0 || !notification.IsOver))
                continue; // Alertmanager does not know it, and need not.
            if (earlier is { EndedAt: null } && earlier.Severity != incident.Severity)
                alerts.Add(Alert(notification, incident, earlier.Severity, now, now));
            long? endedAt = isOpen ? null : earlier?.EndedAt ?? now.ToUnixTimeSeconds();
            var end = endedAt is { } ended ? DateTimeOffset.FromUnixTimeSeconds(ended) : now + (Intervals * interval);
            alerts.Add(Alert(notification, incident, incident.Severity, end, now));
            told[incident.Id] = new(incident.Severity, endedAt);
        }

        return (alerts, told);
    }

    private static JsonObject Alert(
        Notification notification, Incident incident, IncidentSeverity severity, DateTimeOffset end, DateTimeOffset now)
    {
        var labels = new JsonObject
        {
            ["alertname"] = "RxAlertingIncident",
            ["incident_id"] = incident.Id,
            ["severity"] = severity == IncidentSeverity.Alert ? "alert" : "warning",
            ["level"] = LevelOf(incident),
            ["error_type"] = Text(incident.ErrorType),
        };
        if (incident.PropertyId is { } property)
            labels["property"] = Text(property);
        if (incident.VideoId is { } video)
            labels["video_id"] = Text(video);
        var start = incident.StartedAt < now ? incident.StartedAt : now;
        var alert = new JsonObject
        {
            ["labels"] = labels,
            ["annotations"] = Annotations(incident),
            ["startsAt"] = Time(start < end ? start : end),
            ["endsAt"] = Time(end),
        };
        if (notification.Link is { } link)
            alert["generatorURL"] = link.AbsoluteUri;
        return alert;
    }

    private static JsonObject Annotations(Incident incident)
    {
        var annotations = new JsonObject
        {
            ["summary"] = Text(IncidentWords.Headline(incident)),
            ["description"] = Text(
                $"Error rate {IncidentWords.Rate(incident)}; affected: {IncidentWords.Affected(incident)}; "
                + $"since {IncidentWords.Time(incident.StartedAt)} UTC"),
        };
        if (IncidentWords.Explained(incident) is { } explained)
            annotations["cause"] = Text(explained);
        if (incident.VideoTitle is { } title)
            annotations["title"] = Text(title);
        if (incident.Acknowledgement is { } who)
            annotations["acknowledged_by"] = Text(who.By);
        if (IncidentWords.Why(incident) is { } why)
            annotations["reason"] = Text(why);
        return annotations;
    }

    private static string LevelOf(Incident incident) => incident.Level switch
    {
        IncidentLevel.Title => "title",
        IncidentLevel.Property => "property",
        _ => "platform",
    };

    private static string Text(string text) => IncidentWords.Cut(IncidentWords.Printable(text), Characters);

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}
