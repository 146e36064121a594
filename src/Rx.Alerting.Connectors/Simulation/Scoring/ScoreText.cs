using System.Globalization;
using System.Text;

namespace Rx.Alerting.Connectors.Simulation.Scoring;

/// <summary>A report as Markdown tables that also read well as plain text.</summary>
public static class ScoreText
{
    private const string Row = "{0,-48} | {1,6} | {2,5} | {3,7} | {4,6} | {5,4}";

    /// <param name="report">The report.</param>
    /// <param name="verbose">Whether to list every miss, every false alarm and what people see too much of, too.</param>
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
        LifecycleText.Table(text, report.Lifecycle);
        ExplanationText.Table(text, report.Explanations);
        foreach (var shortcoming in report.Shortcomings)
            Line(text, "MISSED REQUIREMENT  {0}", shortcoming);
        foreach (var score in verbose ? report.Traffic : [])
        {
            if (report.Traffic.Count > 1)
                Line(text, "\n{0}: {1} missed, {2} false alarms", score.Traffic.Name, score.Misses.Count, score.FalseAlarms.Count);
            Details(text, score);
            LifecycleText.Details(text, score.Lifecycle, report.Options);
            ExplanationText.Details(text, score, report);
        }

        return text.ToString();
    }

    /// <summary>A shape in the words of the labels.</summary>
    internal static string Of(IncidentShape shape) => shape switch
    {
        IncidentShape.WholeProperty => "whole property",
        IncidentShape.OneCdn => "one CDN",
        IncidentShape.OneCountry => "one country",
        IncidentShape.OneGroup => "one group",
        IncidentShape.Combination => "combination",
        IncidentShape.SlowLeak => "slow leak",
        IncidentShape.OneTitle => "one title",
        IncidentShape.Step => "step",
        IncidentShape.Ramp => "ramp",
        _ => "blip",
    };

    /// <summary>A label in a line.</summary>
    internal static string Of(IncidentLabel label) => string.Create(
        CultureInfo.InvariantCulture,
        $"{label.Id} {Of(label.Shape)}, {label.StartedAt:u} to {label.EndedAt:u}, property {label.PropertyId}, "
        + $"title {label.VideoId ?? "–"}, error type {label.ErrorType}, {label.AffectedViews} affected views, "
        + $"level {label.Level:0.###} of {label.TrafficShare:0.####} of the traffic");

    /// <summary>An incident in a line.</summary>
    internal static string Of(ScoredIncident incident) => string.Create(
        CultureInfo.InvariantCulture,
        $"{incident.Id}, {incident.StartedAt:u} to {incident.ResolvedAt:u}, property {incident.PropertyId}, "
        + $"title {incident.VideoId ?? "–"}, error type {incident.ErrorType}: {incident.Description ?? ""}");

    internal static void Line(StringBuilder text, string format, params object?[] values) =>
        text.AppendFormat(CultureInfo.InvariantCulture, format, values).Append('\n');

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
            Line(text, "missed       {0}", Of(label));
        foreach (var incident in score.FalseAlarms)
            Line(text, "false alarm  {0}", Of(incident));
    }
}
