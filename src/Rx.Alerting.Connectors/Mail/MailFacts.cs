using Rx.Alerting.Connectors.Charts;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Notifications;

namespace Rx.Alerting.Connectors.Mail;

/// <summary>What a mail says, before it becomes text or HTML. All texts are printable, and have a bounded length.</summary>
/// <param name="Heading">What has happened to what.</param>
/// <param name="Error">What the player said.</param>
/// <param name="Facts">Names and values.</param>
/// <param name="Others">What opened together with it; a line each.</param>
/// <param name="Link">Where people can read more. Null: nowhere.</param>
internal sealed record MailFacts(
    string Heading, string Error, IReadOnlyList<(string Name, string Value)> Facts, IReadOnlyList<string> Others, Uri? Link)
{
    private const int HeadingCharacters = 300;
    private const int ErrorCharacters = 600;
    private const int ShortCharacters = 300;
    private const int OtherIncidents = 10;

    public static MailFacts Of(Notification notification) => new(
        IncidentWords.Cut(NotificationWords.Of(notification).Heading, HeadingCharacters),
        Shown(notification.Incident.ErrorDescription, ErrorCharacters),
        [.. FactsOf(notification.Incident)],
        [.. OthersOf(notification)],
        notification.Link);

    private static IEnumerable<(string Name, string Value)> FactsOf(Incident incident)
    {
        yield return ("Error rate", IncidentWords.Rate(incident));
        if (Sparkline.Of(incident) is var (blocks, highest))
            yield return ("Course", $"{blocks} up to {IncidentWords.Percent(highest)}");
        yield return ("Affected", IncidentWords.Affected(incident));
        if (incident.AffectedProperties > 0)
            yield return ("Properties", IncidentWords.Count(incident.AffectedProperties));
        if (incident.AffectedTitles > 0)
            yield return ("Titles", IncidentWords.Count(incident.AffectedTitles));
        if (IncidentWords.Explained(incident) is { } explained)
            yield return ("Cause", Shown(explained, 2 * ShortCharacters));
        yield return ("Error type", Shown(incident.ErrorType, ShortCharacters));
        yield return ("Since", $"{IncidentWords.Time(incident.StartedAt)} UTC");
        if (incident.ResolvedAt is { } end)
            yield return ("Until", $"{IncidentWords.Time(end)} UTC, after {IncidentWords.Lasted(incident)}");
        if (IncidentWords.Why(incident) is { } why)
            yield return ("Why", Shown(why, ShortCharacters));
        if (incident.Acknowledgement is { } who)
            yield return ("Acknowledged by", Shown(who.Note is { Length: > 0 } note ? $"{who.By} — {note}" : who.By, ShortCharacters));
    }

    private static IEnumerable<string> OthersOf(Notification notification)
    {
        var others = notification.Others.ToList();
        var rest = others.Count - OtherIncidents;
        return others.Take(OtherIncidents).Select(other => IncidentWords.Cut(IncidentWords.Headline(other), ShortCharacters))
            .Concat(rest > 0 ? [$"and {IncidentWords.Count(rest)} more"] : []);
    }

    private static string Shown(string text, int maximum) => IncidentWords.Cut(IncidentWords.Printable(text), maximum);
}
