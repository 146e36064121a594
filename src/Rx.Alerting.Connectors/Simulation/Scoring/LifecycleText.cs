using System.Globalization;
using System.Text;

namespace Rx.Alerting.Connectors.Simulation.Scoring;

/// <summary>What people see of the incidents, as the second table of a report.</summary>
internal static class LifecycleText
{
    public const string Incidents = "incidents of one found label";
    public const string Ends = "minutes from a label's end to its incident's";
    public const string Changes = "changes of one incident";
    public const string Explained = "properties' incidents that one title explains";

    private const string Row = "{0,-48} | {1,9} | {2,6} | {3,6} | {4,6} | {5,7}";

    public static void Table(StringBuilder text, LifecycleScore score)
    {
        text.Append('\n');
        ScoreText.Line(text, Row, "what people see", "number", "median", "p90", "p95", "share");
        ScoreText.Line(text, Row, new string('-', 48), "--------:", "-----:", "-----:", "-----:", "------:");
        Values(text, Incidents, score.IncidentsPerLabel);
        Values(text, Ends, score.MinutesToEnd);
        Values(text, Changes, score.ChangesPerIncident);
        Share(text, Explained, score.Explained);
        Share(text, "titles' incidents that outlive their parent", score.Outliving);
        text.Append('\n');
    }

    /// <summary>Lists what exceeds what is allowed of most.</summary>
    public static void Details(StringBuilder text, TrafficLifecycle lifecycle, ScoreOptions options)
    {
        foreach (var label in lifecycle.Labels.Where(label => label.Incidents > options.AllowedIncidentsP95))
            ScoreText.Line(text, "told {0,3} times  {1}", label.Incidents, ScoreText.Of(label.Label));
        foreach (var label in lifecycle.Labels.Where(label => label.EndsAfter > options.AllowedEndP90))
            ScoreText.Line(text, "{0,5:0} min late  {1}", label.EndsAfter!.Value.TotalMinutes, ScoreText.Of(label.Label));
        foreach (var incident in lifecycle.Explained)
            ScoreText.Line(text, "one title    {0}", ScoreText.Of(incident));
        foreach (var incident in lifecycle.Outliving)
            ScoreText.Line(text, "outlives     {0}", ScoreText.Of(incident));
    }

    private static void Values(StringBuilder text, string name, Spread spread) =>
        ScoreText.Line(text, Row, name, spread.Count, Number(spread.Median), Number(spread.P90), Number(spread.P95), "");

    private static void Share(StringBuilder text, string name, Part part) =>
        ScoreText.Line(
            text,
            Row,
            name,
            string.Create(CultureInfo.InvariantCulture, $"{part.Count} of {part.Total}"),
            "",
            "",
            "",
            part.Total == 0 ? "" : (part.Share * 100).ToString("0.0", CultureInfo.InvariantCulture) + " %");

    private static string Number(double? value) => value?.ToString("0.#", CultureInfo.InvariantCulture) ?? "";
}
