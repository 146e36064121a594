using System.Globalization;
using System.Text;

namespace Rx.Alerting.Connectors.Simulation.Scoring;

/// <summary>A report as a Markdown table that also reads well as plain text.</summary>
public static class ScoreText
{
    private const string Row = "{0,-48} | {1,6} | {2,5} | {3,7} | {4,6} | {5,4}";

    /// <param name="report">The report.</param>
    /// <param name="verbose">Whether to list every miss and every false alarm, too.</param>
    public static string Render(ScoreReport report, bool verbose = false)
    {
        var text = new StringBuilder();
        Line(text, Row, "labels", "number", "found", "share", "median", "p90");
        Line(text, Row, new string('-', 48), "-----:", "----:", "------:", "-----:", "---:");
        foreach (var group in (IEnumerable<LabelGroup>)[report.Properties, report.Titles, .. report.Details])
            Group(text, group);
        text.Append('\n');
        Line(
            text,
            "median, p90: open by the so many-th affected view. {0} incidents, {1} false alarms in {2:0.#} property-days: {3:0.##} in 100.",
            report.Incidents,
            report.FalseAlarms.Count(),
            report.PropertyDays,
            report.FalseAlarmsPer100PropertyDays);
        foreach (var shortcoming in report.Shortcomings)
            Line(text, "MISSED REQUIREMENT  {0}", shortcoming);
        foreach (var score in verbose ? report.Traffic : [])
        {
            if (report.Traffic.Count > 1)
                Line(text, "\n{0}: {1} missed, {2} false alarms", score.Traffic.Name, score.Misses.Count, score.FalseAlarms.Count);
            Details(text, score);
        }

        return text.ToString();
    }

    /// <summary>A shape in the words of the labels.</summary>
    internal static string Of(IncidentShape shape) => shape switch
    {
        IncidentShape.WholeProperty => "whole property",
        IncidentShape.OneCdn => "one CDN",
        IncidentShape.OneCountry => "one country",
        IncidentShape.SlowLeak => "slow leak",
        IncidentShape.OneTitle => "one title",
        IncidentShape.Step => "step",
        IncidentShape.Ramp => "ramp",
        _ => "blip",
    };

    private static void Group(StringBuilder text, LabelGroup group)
    {
        var name = group.ByPropertyOnly > 0 ? $"{group.Name} (+{group.ByPropertyOnly} by property)" : group.Name;
        Line(
            text,
            Row,
            name,
            group.Labels,
            group.Found,
            group.Labels == 0 ? "" : (group.Share * 100).ToString("0.0", CultureInfo.InvariantCulture) + " %",
            group.Median?.ToString(CultureInfo.InvariantCulture) ?? "",
            group.NinetiethPercentile?.ToString(CultureInfo.InvariantCulture) ?? "");
    }

    private static void Details(StringBuilder text, TrafficScore score)
    {
        foreach (var label in score.Misses)
        {
            Line(
                text,
                "missed       {0} {1}, {2:u} to {3:u}, property {4}, title {5}, error type {6}, {7} affected views, "
                + "level {8:0.###} of {9:0.####} of the traffic",
                label.Id,
                Of(label.Shape),
                label.StartedAt,
                label.EndedAt,
                label.PropertyId,
                label.VideoId ?? "–",
                label.ErrorType,
                label.AffectedViews,
                label.Level,
                label.TrafficShare);
        }

        foreach (var incident in score.FalseAlarms)
        {
            Line(
                text,
                "false alarm  {0}, {1:u} to {2:u}, property {3}, title {4}, error type {5}: {6}",
                incident.Id,
                incident.StartedAt,
                incident.ResolvedAt,
                incident.PropertyId,
                incident.VideoId ?? "–",
                incident.ErrorType,
                incident.Description ?? "");
        }
    }

    private static void Line(StringBuilder text, string format, params object?[] values) =>
        text.AppendFormat(CultureInfo.InvariantCulture, format, values).Append('\n');
}
