using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Notifications;

namespace Rx.Alerting.Connectors.PagerDuty;

/// <summary>A notification as an event of PagerDuty's Events API v2, with its limits.</summary>
internal static class PagerDutyEvent
{
    private const int KeyCharacters = 255;
    private const int SummaryCharacters = 1024;
    private const int DetailCharacters = 1024;
    private const int OtherIncidents = 20;

    /// <summary>What PagerDuty is to do. Null: it need not know.</summary>
    public static string? ActionOf(Notification notification) => notification switch
    {
        { IsOver: true, Event: NotificationEvent.Updated or NotificationEvent.Reminder } => null,
        { IsOver: true } => "resolve",
        { Event: NotificationEvent.Acknowledged } => "acknowledge",
        { Event: NotificationEvent.Opened or NotificationEvent.Reopened or NotificationEvent.SeverityRaised } => "trigger",
        _ => null,
    };

    /// <summary>The alert's key: another one each time that the incidents break out again; later events go to the same one.</summary>
    public static string KeyOf(Notification notification)
    {
        if (notification is { Reference: { } triggered, Event: not NotificationEvent.Reopened })
            return triggered;
        var key = notification.Occurrence == 0 ? notification.ThreadId
            : string.Create(CultureInfo.InvariantCulture, $"{notification.ThreadId}-{notification.Occurrence}");
        return key.Length <= KeyCharacters ? key : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
    }

    public static JsonObject Of(Notification notification, string action, PagerDutyOptions options)
    {
        var content = new JsonObject
        {
            ["routing_key"] = options.RoutingKey,
            ["event_action"] = action,
            ["dedup_key"] = KeyOf(notification),
        };
        if (action != "trigger")
            return content;
        content["client"] = "Rx.Alerting";
        content["payload"] = Payload(notification, options);
        if (notification.Link is { } link)
        {
            content["client_url"] = link.AbsoluteUri;
            content["links"] = new JsonArray(new JsonObject { ["href"] = link.AbsoluteUri, ["text"] = "Show the incident" });
        }

        return content;
    }

    private static JsonObject Payload(Notification notification, PagerDutyOptions options)
    {
        var incident = notification.Incident;
        var payload = new JsonObject
        {
            ["summary"] = IncidentWords.Cut(IncidentWords.Headline(incident), SummaryCharacters),
            ["source"] = IncidentWords.Cut(IncidentWords.Property(incident), DetailCharacters),
            ["severity"] = notification.Severity == IncidentSeverity.Alert ? "critical" : "warning",
            ["timestamp"] = incident.StartedAt.ToString("O", CultureInfo.InvariantCulture),
            ["class"] = Detail(incident.ErrorType),
            ["custom_details"] = Details(notification),
        };
        if (options.Component.Length > 0)
            payload["component"] = options.Component;
        return payload;
    }

    private static JsonObject Details(Notification notification)
    {
        var incident = notification.Incident;
        var details = new JsonObject
        {
            ["error_description"] = Detail(incident.ErrorDescription),
            ["error_type"] = Detail(incident.ErrorType),
            ["error_rate"] = incident.MeasuredValue,
            ["normal_error_rate"] = incident.ExpectedValue,
            ["threshold"] = incident.Threshold,
            ["affected_views"] = incident.AffectedViews,
            ["affected_views_per_hour"] = incident.AffectedViewsPerHour,
            ["started_at"] = incident.StartedAt.ToString("O", CultureInfo.InvariantCulture),
            ["incident_id"] = incident.Id,
        };
        if (incident.PropertyId is { } property)
            details["property"] = Detail(property);
        if ((incident.VideoTitle ?? incident.VideoId) is { } title)
            details["title"] = Detail(title);
        if (IncidentWords.Explained(incident) is { } explained)
            details["cause"] = Detail(explained);
        if (incident.AffectedTitles > 0)
            details["affected_titles"] = incident.AffectedTitles;
        if (incident.AffectedProperties > 0)
            details["affected_properties"] = incident.AffectedProperties;
        if (notification.Incidents.Count > 1)
        {
            details["other_incidents"] = notification.Incidents.Count - 1;
            details["others"] = new JsonArray(
                [.. notification.Others.Take(OtherIncidents).Select(other => (JsonNode)Detail(IncidentWords.Headline(other)))]);
        }

        return details;
    }

    private static JsonValue Detail(string text) => JsonValue.Create(IncidentWords.Cut(IncidentWords.Printable(text), DetailCharacters));
}
