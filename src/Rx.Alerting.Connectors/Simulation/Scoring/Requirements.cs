using System.Globalization;

namespace Rx.Alerting.Connectors.Simulation.Scoring;

/// <summary>Compares a report with what is required.</summary>
internal static class Requirements
{
    /// <summary>Every requirement that is not met, as a sentence.</summary>
    public static IReadOnlyList<string> Unmet(ScoreReport report) => [.. Detection(report, report.Options), .. Lifecycle(report)];

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
        if (score.IncidentsPerLabel.Median > options.AllowedIncidentsMedian)
            yield return Words($"incidents of a label: median {score.IncidentsPerLabel.Median}, {options.AllowedIncidentsMedian} allowed");
        if (score.IncidentsPerLabel.P95 > options.AllowedIncidentsP95)
            yield return Words($"incidents of a label: p95 {score.IncidentsPerLabel.P95}, {options.AllowedIncidentsP95} allowed");
        if (score.MinutesToEnd.Median is { } median && median > options.AllowedEndMedian.TotalMinutes)
            yield return Words($"minutes from label to end: median {median:0.#}, {options.AllowedEndMedian.TotalMinutes:0.#} allowed");
        if (score.MinutesToEnd.P90 is { } late && late > options.AllowedEndP90.TotalMinutes)
            yield return Words($"minutes from label to end: p90 {late:0.#}, {options.AllowedEndP90.TotalMinutes:0.#} allowed");
        if (score.ChangesPerIncident.Median > options.AllowedChangesMedian)
            yield return Words($"changes of an incident: median {score.ChangesPerIncident.Median}, {options.AllowedChangesMedian} allowed");
        if (score.Explained.Share > options.AllowedExplainedShare)
            yield return Words($"{score.Explained.Share:P1} of the properties' tell of one title, {options.AllowedExplainedShare:P1} allowed");
    }

    private static string Words(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
