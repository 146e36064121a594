using System.Net;
using System.Text;
using Rx.Alerting.Connectors.Charts;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Notifications;

namespace Rx.Alerting.Connectors.Mail;

/// <summary>What a mail says, as text and as HTML.</summary>
internal static class MailText
{
    private const string ShowIncident = "Show the incident";

    public static string Plain(MailFacts facts)
    {
        var text = new StringBuilder();
        text.AppendLine(facts.Heading).AppendLine().AppendLine(facts.Error);
        foreach (var (name, value) in facts.Facts)
            text.AppendLine($"{name}: {value}");
        if (facts.Others.Count > 0)
            text.AppendLine().AppendLine("Also:");
        foreach (var other in facts.Others)
            text.AppendLine($"- {other}");
        if (facts.Link is { } link)
            text.AppendLine().AppendLine($"{ShowIncident}: {link.AbsoluteUri}");
        return text.ToString();
    }

    /// <param name="facts">What is said.</param>
    /// <param name="notification">How things are: it gives the bar its colour.</param>
    /// <param name="picture">The id of the picture in the mail. Null: there is none.</param>
    public static string Html(MailFacts facts, Notification notification, string? picture)
    {
        var html = new StringBuilder(
            $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="color-scheme" content="light dark">
            <title>{Encode(facts.Heading)}</title>
            </head>
            <body style="font-family: sans-serif; font-size: 14px; line-height: 1.4">
            <div style="border-left: 4px solid {Color(notification)}; padding-left: 12px; max-width: {RatePicture.Width}px">
            <h1 style="font-size: 18px; margin: 0 0 8px; overflow-wrap: anywhere">{Encode(facts.Heading)}</h1>
            <p style="margin: 0 0 8px; overflow-wrap: anywhere"><strong>{Encode(facts.Error)}</strong></p>
            <table role="presentation" style="border-collapse: collapse">

            """);
        foreach (var (name, value) in facts.Facts)
        {
            html.AppendLine(
                $"<tr><td style=\"padding: 0 12px 2px 0; white-space: nowrap; vertical-align: top\">{Encode(name)}</td>"
                + $"<td style=\"padding: 0 0 2px; overflow-wrap: anywhere\">{Encode(value)}</td></tr>");
        }

        html.AppendLine("</table>");
        if (picture is not null)
        {
            html.AppendLine(
                $"<p><img src=\"cid:{Encode(picture)}\" width=\"{RatePicture.Width}\" height=\"{RatePicture.Height}\" "
                + $"style=\"max-width: 100%; height: auto\" alt=\"{Encode(Alternative(notification.Incident))}\"></p>");
        }

        if (facts.Others.Count > 0)
            html.AppendLine($"<p>Also:</p>\n<ul>{string.Concat(facts.Others.Select(other => $"\n<li>{Encode(other)}</li>"))}\n</ul>");
        if (facts.Link is { } link)
            html.AppendLine($"<p><a href=\"{Encode(link.AbsoluteUri)}\">{ShowIncident}</a></p>");
        return html.AppendLine("</div>\n</body>\n</html>").ToString();
    }

    /// <summary>What the picture shows, for those who do not see it.</summary>
    private static string Alternative(Incident incident) => $"The error rate over time: {IncidentWords.Rate(incident)}";

    private static string Color(Notification notification) => notification switch
    {
        { IsOver: true } when notification.Incidents.All(incident => incident.Status == IncidentStatus.Closed) => "#2eb67d",
        { IsOver: true } => "#868686",
        { IsAcknowledged: true } => "#2f6fde",
        { Severity: IncidentSeverity.Alert } => "#cc1f1a",
        _ => "#e8a400",
    };

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
