using System.Text.Json;
using System.Text.Json.Nodes;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Notifications;

namespace Rx.Alerting.Connectors.Webhook;

/// <summary>What a webhook has to say, as JSON. Templates take their values from it.</summary>
internal static class WebhookBody
{
    public static JsonObject Of(Notification notification)
    {
        var (words, incident) = (NotificationWords.Of(notification), Json(notification.Incident));
        return new()
        {
            ["delivery_id"] = notification.DeliveryId,
            ["thread_id"] = notification.ThreadId,
            ["transition"] = JsonNamingPolicy.SnakeCaseLower.ConvertName(notification.Event.ToString()),
            ["reason"] = incident["reason"]?.DeepClone(),
            ["is_over"] = notification.IsOver,
            ["is_loud"] = notification.IsLoud,
            ["occurrence"] = notification.Occurrence,
            ["severity"] = JsonNamingPolicy.SnakeCaseLower.ConvertName(notification.Severity.ToString()),
            ["heading"] = words.Heading,
            ["summary"] = words.Summary,
            ["link"] = notification.Link?.AbsoluteUri,
            ["incident"] = incident,
            ["incidents"] = new JsonArray([.. notification.Incidents.Select(Json)]),
        };
    }

    private static JsonObject Json(Incident incident) =>
        JsonSerializer.SerializeToNode(incident, IncidentJson.Readable.Incident)!.AsObject();
}
