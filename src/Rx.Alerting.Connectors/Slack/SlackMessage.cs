using System.Text.Json.Nodes;
using Rx.Alerting.Connectors.Charts;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Notifications;

namespace Rx.Alerting.Connectors.Slack;

/// <summary>What Slack shows of a notification. Limits are those of Slack's documentation of blocks and of chat.postMessage.</summary>
internal static class SlackMessage
{
    private const int HeaderCharacters = 150;
    private const int SectionCharacters = 3000;
    private const int ShortCharacters = 300;
    private const int OtherCharacters = 240;
    private const int OtherIncidents = 10;

    /// <summary>A whole message: the heading, and the facts beside a bar whose colour is the state's.</summary>
    /// <param name="notification">What it tells.</param>
    /// <param name="picture">The id of the picture of the error rate. Null: there is none.</param>
    public static JsonObject Of(Notification notification, string? picture = null)
    {
        var heading = Heading(notification);
        JsonArray facts = [Section(Facts(notification))];
        if (Others(notification) is { } others)
            facts.Add(Section(others));
        if (notification.Link is { } link)
            facts.Add(Section($"<{link.AbsoluteUri.Replace("&", "&amp;", StringComparison.Ordinal)}|Show the incident>"));
        var text = Summary(notification);
        var blocks = new JsonArray(new JsonObject { ["type"] = "header", ["text"] = Plain(heading, HeaderCharacters) });
        if (picture is not null)
            blocks.Add(Image(picture, notification.Incident));
        return new()
        {
            ["text"] = text,
            ["blocks"] = blocks,
            ["attachments"] = new JsonArray(
                new JsonObject { ["color"] = SlackState.Of(notification).Color, ["fallback"] = text, ["blocks"] = facts }),
            ["unfurl_links"] = false,
            ["unfurl_media"] = false,
        };
    }

    /// <summary>The message that takes the place of an earlier one.</summary>
    public static JsonObject Edit(Notification notification, SlackPlace place)
    {
        var message = Of(notification, place.Shown);
        (message["channel"], message["ts"]) = (place.Channel, place.Timestamp);
        return message;
    }

    /// <summary>A line for the thread of an incident's message.</summary>
    public static JsonObject Reply(Notification notification)
    {
        var incident = notification.Incident;
        var why = notification.IsOver && IncidentWords.Why(incident) is { } reason ? $" ({reason})" : "";
        var said = notification.Event == NotificationEvent.CauseFound && IncidentWords.Explained(incident) is { } explained
            ? explained
            : $"{IncidentWords.Rate(incident)}; {IncidentWords.Affected(incident)}";
        var line = $"{Heading(notification)}{why}: {said}";
        return new()
        {
            ["text"] = SlackText.Escape(line, SectionCharacters),
            ["blocks"] = new JsonArray(new JsonObject { ["type"] = "section", ["text"] = Plain(line, SectionCharacters) }),
            ["reply_broadcast"] = notification.Event != NotificationEvent.Reminder,
            ["unfurl_links"] = false,
            ["unfurl_media"] = false,
        };
    }

    private static string Heading(Notification notification)
    {
        var (sign, word, _) = SlackState.Of(notification);
        return $"{sign} {word}: {IncidentWords.Subject(notification.Incident)}";
    }

    /// <summary>For phones, and for clients that show no blocks.</summary>
    private static string Summary(Notification notification)
    {
        var (sign, word, _) = SlackState.Of(notification);
        var more = notification.Incidents.Count > 1 ? $", and {IncidentWords.Count(notification.Incidents.Count - 1)} more" : "";
        return $"{sign} {word}: {SlackText.Escape(IncidentWords.Headline(notification.Incident), ShortCharacters)}{more}";
    }

    private static string Facts(Notification notification)
    {
        var incident = notification.Incident;
        var lines = new List<string>
        {
            $"*{SlackText.Escape(incident.ErrorDescription, 2 * ShortCharacters)}*",
            $"Error rate: *{IncidentWords.Percent(incident.MeasuredValue)}*, unusual from {IncidentWords.Percent(incident.Threshold)}",
            $"Affected: {IncidentWords.Affected(incident)}",
        };
        if (Sparkline.Of(incident) is var (blocks, highest))
            lines.Insert(2, $"Course: `{blocks}` up to {IncidentWords.Percent(highest)}");
        if (incident.AffectedProperties > 0)
            lines.Add($"Properties: {IncidentWords.Count(incident.AffectedProperties)}");
        if (incident.AffectedTitles > 0)
            lines.Add($"Titles: {IncidentWords.Count(incident.AffectedTitles)}");
        if (IncidentWords.Explained(incident) is { } explained)
            lines.Add($"Cause: {SlackText.Escape(explained, 2 * ShortCharacters)}");
        lines.Add($"Since: {SlackText.Time(incident.StartedAt)}");
        if (incident.ResolvedAt is { } end)
            lines.Add($"Until: {SlackText.Time(end)}, after {IncidentWords.Lasted(incident)}");
        if (IncidentWords.Why(incident) is { } why)
            lines.Add($"Why: {SlackText.Escape(why, ShortCharacters)}");
        if (incident.Acknowledgement is { } who)
        {
            var note = who.Note is { Length: > 0 } said ? $" — {said}" : "";
            lines.Add($"Acknowledged by: {SlackText.Escape(who.By + note, ShortCharacters)}");
        }

        return string.Join('\n', lines);
    }

    private static string? Others(Notification notification)
    {
        var others = notification.Others.ToList();
        if (others.Count == 0)
            return null;
        var lines = others.Take(OtherIncidents)
            .Select(other => $"• {SlackText.Escape(IncidentWords.Headline(other), OtherCharacters)}");
        var rest = others.Count - OtherIncidents;
        return string.Join('\n', lines.Prepend("Also:").Concat(rest > 0 ? [$"and {IncidentWords.Count(rest)} more"] : []));
    }

    private static JsonObject Image(string picture, Incident incident) => new()
    {
        ["type"] = "image",
        ["slack_file"] = new JsonObject { ["id"] = picture },
        ["alt_text"] = $"The error rate over time: {IncidentWords.Rate(incident)}",
    };

    private static JsonObject Section(string markup) => new()
    {
        ["type"] = "section",
        ["text"] = new JsonObject { ["type"] = "mrkdwn", ["text"] = markup, ["verbatim"] = true },
    };

    private static JsonObject Plain(string text, int maximum) =>
        new() { ["type"] = "plain_text", ["text"] = SlackText.Plain(text, maximum), ["emoji"] = false };
}
