using Rx.Alerting.Core.Incidents;
using Spectre.Console;

namespace Rx.Alerting.Service.Terminal;

/// <summary>Incidents in their final state, one a row.</summary>
internal static class IncidentTable
{
    public static Table Of(IEnumerable<Incident> incidents)
    {
        var table = new Table().Border(TableBorder.Simple)
            .AddColumns("opened (event time)", "lasted", "severity", "property", "title", "error", "rate", "threshold", "affected", "status");
        foreach (var index in (int[])[6, 7, 8])
            table.Columns[index].RightAligned();

        foreach (var incident in incidents)
        {
            var (severity, severityColor) = IncidentWords.Of(incident.Severity);
            var (status, statusColor) = IncidentWords.Of(incident.Status);
            table.AddRow(
                new Text(IncidentWords.Time(incident.StartedAt)),
                new Text(IncidentWords.Lasted(incident)),
                new Markup($"[{severityColor}]{severity}[/]"),
                new Text(IncidentWords.Printable(incident.PropertyId)),
                new Text(IncidentWords.Printable(incident.VideoTitle ?? incident.VideoId ?? "—")),
                new Text(IncidentWords.Printable(incident.ErrorType)),
                new Text(IncidentWords.Percent(incident.MeasuredValue)),
                new Text(IncidentWords.Percent(incident.Threshold)),
                new Text(IncidentWords.Count(incident.AffectedViews)),
                new Markup($"[{statusColor}]{status}[/]"));
        }

        return table;
    }
}
