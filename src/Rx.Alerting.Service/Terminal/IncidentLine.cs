using Rx.Alerting.Core.Incidents;
using Spectre.Console;

namespace Rx.Alerting.Service.Terminal;

/// <summary>Shows a change of an incident as one line: event time, transition, severity, subject, rate, error, affected views.</summary>
internal static class IncidentLine
{
    /// <summary>The line in Spectre's markup. A console without colours leaves the colours out.</summary>
    public static string Markup(IncidentChange change)
    {
        var incident = change.Incident;
        var (sign, word, color) = IncidentSigns.Of(change.Transition);
        var (severity, severityColor) = IncidentSigns.Of(incident.Severity);
        var facts = new List<string> { IncidentWords.Views(incident.AffectedViews) };
        if (incident.AffectedTitles > 1)
            facts.Add($"{IncidentWords.Count(incident.AffectedTitles)} titles");
        if (change.Transition is IncidentTransition.Closed or IncidentTransition.Expired)
            facts.Add(IncidentWords.Lasted(incident));
        if (IncidentWords.Why(incident) is { } why)
            facts.Add(why);
        if (incident.Reason == IncidentReason.CauseFound && IncidentWords.Explained(incident) is { } explained)
            facts.Add(explained);
        return $"[grey]{IncidentWords.ShortTime(incident.UpdatedAt)}[/] [{color}]{sign} {word,-8}[/] [{severityColor}]{severity,-7}[/] "
            + $"{IncidentWords.Subject(incident).EscapeMarkup()}: {IncidentWords.Percent(IncidentWords.WorstRate(incident))} "
            + $"{IncidentWords.Printable(incident.ErrorDescription).EscapeMarkup()} "
            + $"[grey]({string.Join(", ", facts).EscapeMarkup()})[/]";
    }
}
