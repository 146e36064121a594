using Rx.Alerting.Core.Incidents;
using Spectre.Console;

namespace Rx.Alerting.Service.Terminal;

/// <summary>A change of an incident as one line: event time, what happened, how severe, what about, how many views.</summary>
internal static class IncidentLine
{
    /// <summary>In Spectre's markup; where no colours are to be shown, the console leaves them out.</summary>
    public static string Markup(IncidentChange change)
    {
        var incident = change.Incident;
        var (sign, word, color) = IncidentWords.Of(change.Transition);
        var (severity, severityColor) = IncidentWords.Of(incident.Severity);
        var over = change.Transition is IncidentTransition.Closed or IncidentTransition.Expired;
        var lasted = over ? $", {IncidentWords.Lasted(incident)}" : string.Empty;
        return $"[grey]{IncidentWords.ShortTime(incident.UpdatedAt)}[/] [{color}]{sign} {word,-7}[/] [{severityColor}]{severity,-7}[/] "
            + $"{IncidentWords.Subject(incident).EscapeMarkup()}: {IncidentWords.Percent(incident.MeasuredValue)} "
            + $"{IncidentWords.Printable(incident.ErrorDescription).EscapeMarkup()} [grey]({IncidentWords.Views(incident.AffectedViews)}{lasted})[/]";
    }
}
