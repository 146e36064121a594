using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Service.Terminal;

/// <summary>The signs and colours in which a terminal shows incidents.</summary>
internal static class IncidentSigns
{
    public static (string Sign, string Word, string Color) Of(IncidentTransition transition) => transition switch
    {
        IncidentTransition.Opened => ("▲", "opened", "red"),
        IncidentTransition.Updated => ("●", "updated", "yellow"),
        IncidentTransition.Reopened => ("▲", "reopened", "red"),
        IncidentTransition.Closed => ("✔", "closed", "green"),
        _ => ("⌛", "expired", "grey"),
    };

    public static (string Word, string Color) Of(IncidentSeverity severity) =>
        severity == IncidentSeverity.Alert ? ("alert", "red") : ("warning", "yellow");

    public static (string Word, string Color) Of(IncidentStatus status) => status switch
    {
        IncidentStatus.Open => ("open", "red"),
        IncidentStatus.Closed => ("closed", "green"),
        _ => ("expired", "grey"),
    };
}
