using System.Globalization;
using System.Text;

namespace Rx.Alerting.Connectors.Simulation.Scoring;

/// <summary>Which slices the incidents name, as the third table of a report.</summary>
internal static class ExplanationText
{
    private const string Row = "{0,-48} | {1,6} | {2,7} | {3,7} | {4,7} | {5,7} | {6,7} | {7,7}";

    public static void Table(StringBuilder text, ExplanationScore score)
    {
        const string Share = "------:";
        ScoreText.Line(text, Row, "what explains it", "labels", "first", "of 3", "of 5", "near", "nothing", "worse");
        ScoreText.Line(text, Row, new string('-', 48), "-----:", Share, Share, Share, Share, Share, Share);
        foreach (var group in score.Groups)
        {
            var sliced = score.Any && group.IsSliced;
            ScoreText.Line(
                text,
                Row,
                group.Name,
                group.Outcomes.Count,
                sliced ? Percent(group.First) : "",
                sliced ? Percent(group.AmongThree) : "",
                sliced ? Percent(group.AmongFive) : "",
                sliced ? Percent(group.Near) : "",
                score.Any ? Percent(group.NothingNamed) : "",
                score.Any ? Percent(group.AlwaysWorse) : "");
        }

        text.Append('\n');
        if (!score.Any)
            text.Append("not explained: no incident says explained_by.\n");
        text.Append("first, of 3, of 5: the planted slice is first, among three, among five. near: the first holds it or is in it.\n");
        text.Append("nothing: no slice is named. worse: the first has a value that is always worse in that property.\n\n");
    }

    /// <summary>Lists the labels whose slice is not first, and those without a slice for which a slice is named.</summary>
    public static void Details(StringBuilder text, TrafficScore score, ScoreReport report)
    {
        foreach (var outcome in report.Explanations.Any ? ExplanationScore.Outcomes(score, report.Options) : [])
        {
            if (outcome.Label.Slice.Count > 0 ? outcome.Place == 1 : outcome.Named.Count == 0)
                continue;
            ScoreText.Line(
                text,
                "not {0}, but {1}  {2}",
                Of(outcome.Label.Slice),
                outcome.Named.Count == 0 ? "nothing" : string.Join(" or ", outcome.Named.Select(named => Of(named.Dimensions))),
                ScoreText.Of(outcome.Label));
        }
    }

    private static string Of(IReadOnlyList<LabelDimension> slice) =>
        slice.Count == 0 ? "nothing" : string.Join(" and ", slice.Select(value => $"{value.Name}={value.Value}"));

    private static string Percent(Part part) =>
        part.Total == 0 ? "" : (part.Share * 100).ToString("0.0", CultureInfo.InvariantCulture) + " %";
}
