using System.Globalization;

namespace Rx.Alerting.Connectors.Simulation.Scoring;

/// <summary>Compares a report with what is required.</summary>
internal static class Requirements
{
    /// <summary>Every requirement that is not met, as a sentence.</summary>
    public static IReadOnlyList<string> Unmet(ScoreReport report) =>
        [.. Detection(report, report.Options), .. Lifecycle(report), .. Explanations(report)];

    private static IEnumerable<string> Detection(ScoreReport report, ScoreOptions options)
    {
        var groups = Group(report.Properties, options.RequiredPropertyShare, options.RequiredPropertyMedian)
            .Concat(Group(report.Titles, options.RequiredTitleShare, options.RequiredTitleMedian));
        foreach (var shortcoming in groups)
            yield return shortcoming;
        if (report.FalseAlarmsPer100PropertyDays is var rate && rate > options.AllowedFalseAlarms)
            yield return Words($"{rate:0.##} false alarms in 100 property-days, at most {options.AllowedFalseAlarms:0.##} allowed");
    }

    private static IEnumerable<string> Group(LabelGroup group, double share, int median)
    {
        if (group.Share < share)
            yield return Words($"{group.Name}: {group.Found} of {group.Labels} found, {share:P0} required");
        if (group.Median > median)
            yield return Words($"{group.Name}: half open by affected view {group.Median}, {median} required");
    }

    private static IEnumerable<string> Lifecycle(ScoreReport report)
    {
        var (score, options) = (report.Lifecycle, report.Options);
        (string Name, string Quantile, double? Value, double Allowed)[] measures =
        [
            (LifecycleText.Incidents, "median", score.IncidentsPerLabel.Median, options.AllowedIncidentsMedian),
            (LifecycleText.Incidents, "p95", score.IncidentsPerLabel.P95, options.AllowedIncidentsP95),
            (LifecycleText.Ends, "median", score.MinutesToEnd.Median, options.AllowedEndMedian.TotalMinutes),
            (LifecycleText.Ends, "p90", score.MinutesToEnd.P90, options.AllowedEndP90.TotalMinutes),
            (LifecycleText.Changes, "median", score.ChangesPerIncident.Median, options.AllowedChangesMedian),
        ];
        foreach (var (name, quantile, value, allowed) in measures)
        {
            if (value > allowed)
                yield return Words($"{name}: {quantile} {value:0.#}, {allowed:0.#} allowed");
        }

        if (score.Explained.Share is var share && share > options.AllowedExplainedShare)
            yield return Words($"{LifecycleText.Explained}: {share * 100:0.0} %, {options.AllowedExplainedShare * 100:0.0} % allowed");
    }

    /// <summary>Nothing is required of a detector that explains no incident.</summary>
    private static IEnumerable<string> Explanations(ScoreReport report)
    {
        var (score, options) = (report.Explanations, report.Options);
        if (!score.Any)
            yield break;
        (string Name, Part Part, double Share)[] measures =
        [
            ("planted slice first", score.First, options.RequiredSliceShare),
            ("nothing named without a slice", score.NothingNamed, options.RequiredNoSliceShare),
        ];
        foreach (var (name, part, share) in measures)
        {
            if (part.Total > 0 && part.Share < share)
                yield return Words($"{name}: {part.Count} of {part.Total}, {share:P0} required");
        }
    }

    private static string Words(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
