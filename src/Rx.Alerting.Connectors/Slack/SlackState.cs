using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Notifications;

namespace Rx.Alerting.Connectors.Slack;

/// <summary>How things are, at a glance.</summary>
/// <param name="Sign">The first character of the heading.</param>
/// <param name="Word">The first word of the heading.</param>
/// <param name="Color">The colour of the bar beside the facts.</param>
internal readonly record struct SlackState(string Sign, string Word, string Color)
{
    private const string Red = "#cc1f1a";
    private const string Yellow = "#e8a400";
    private const string Blue = "#2f6fde";
    private const string Green = "#2eb67d";
    private const string Grey = "#868686";

    public static SlackState Of(Notification notification)
    {
        if (notification.IsOver)
        {
            return notification.Incidents.Any(incident => incident.Status == IncidentStatus.Open)
                ? new("◦", "Part of a larger incident", Grey)
                : notification.Incidents.All(incident => incident.Status == IncidentStatus.Expired) ? new("⌛", "Expired", Grey)
                : new("✔", "Closed", Green);
        }

        var word = notification.Severity == IncidentSeverity.Alert ? "Alert" : "Warning";
        if (notification.IsAcknowledged)
            return new("●", $"{word}, acknowledged", Blue);
        word = notification.Event switch
        {
            NotificationEvent.Reminder => $"{word} goes on",
            _ when notification.Occurrence > 0 => $"{word}, again",
            _ => word,
        };
        return new("▲", word, notification.Severity == IncidentSeverity.Alert ? Red : Yellow);
    }
}
