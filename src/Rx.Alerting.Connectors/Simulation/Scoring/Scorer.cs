using System.Globalization;

namespace Rx.Alerting.Connectors.Simulation.Scoring;

/// <summary>Compares detected incidents with what was really injected.</summary>
/// <remarks>
/// A label is found by the first incident of the same property, error type and scope (the property, or that title) that opened
/// from the label's start to its end and a grace. An incident is a false alarm if no label of the same property
/// and error type overlaps it in that time: a title's incident inside its property's label is a true consequence, and so is
/// the property's incident of a broken title.
/// </remarks>
public static class Scorer
{
    /// <summary>Share of the property's views from which a title dominates it.</summary>
    private const double Dominant = 0.5;

    /// <param name="labels">What was injected.</param>
    /// <param name="incidents">What was detected, each in its final state.</param>
    /// <param name="propertyDays">Properties times days that were watched.</param>
    /// <param name="options">Defaults where null.</param>
    /// <exception cref="ArgumentException">The options have faults; the message names them all.</exception>
    public static ScoreReport Score(
        IReadOnlyList<IncidentLabel> labels,
        IReadOnlyList<ScoredIncident> incidents,
        double propertyDays,
        ScoreOptions? options = null)
    {
        options ??= new ScoreOptions();
        var faults = options.Validate();
        if (faults.Count > 0)
            throw new ArgumentException(string.Join(Environment.NewLine, faults), nameof(options));

        var byKey = incidents.OrderBy(incident => incident.StartedAt).ToLookup(incident => (incident.PropertyId, incident.ErrorType));
        var outcomes = labels.OrderBy(label => label.StartedAt)
            .Select(label => Judge(label, byKey[(label.PropertyId, label.ErrorType)], options))
            .ToList();
        var labelsByKey = labels.ToLookup(label => (label.PropertyId, label.ErrorType));
        var falseAlarms = incidents.OrderBy(incident => incident.StartedAt)
            .Where(incident => !labelsByKey[(incident.PropertyId, incident.ErrorType)].Any(label => Overlap(label, incident, options)))
            .ToList();

        var required = outcomes.Where(outcome => IsRequired(outcome.Label, options)).ToList();
        var report = new ScoreReport
        {
            Properties = Group($"properties, {options.PropertyViews} affected views or more", required, IncidentScope.Property),
            Titles = Group($"titles, {options.TitleViews} affected views or more", required, IncidentScope.Title),
            Details =
            [
                Group($"properties, fewer than {options.PropertyViews}", outcomes.Except(required), IncidentScope.Property),
                Group($"titles, fewer than {options.TitleViews}", outcomes.Except(required), IncidentScope.Title),
                .. required.GroupBy(outcome => outcome.Label.Shape).OrderBy(shape => shape.Key)
                    .Select(shape => LabelGroup.Of($"of the required: {ScoreText.Of(shape.Key)}", shape)),
            ],
            Outcomes = outcomes,
            Misses = [.. required.Where(outcome => !outcome.Found).Select(outcome => outcome.Label)],
            FalseAlarms = falseAlarms,
            Incidents = incidents.Count,
            PropertyDays = propertyDays,
            Shortcomings = [],
        };
        return report with { Shortcomings = Shortcomings(report, options) };
    }

    private static LabelGroup Group(string name, IEnumerable<LabelOutcome> outcomes, IncidentScope scope) =>
        LabelGroup.Of(name, outcomes.Where(outcome => outcome.Label.Kind == scope));

    private static bool IsRequired(IncidentLabel label, ScoreOptions options) =>
        label.AffectedViews >= (label.Kind == IncidentScope.Property ? options.PropertyViews : options.TitleViews);

    private static LabelOutcome Judge(IncidentLabel label, IEnumerable<ScoredIncident> sameKey, ScoreOptions options)
    {
        var during = sameKey
            .Where(incident => incident.StartedAt >= label.StartedAt && incident.StartedAt <= label.EndedAt + options.Grace)
            .ToList();
        var found = during.FirstOrDefault(incident => incident.VideoId == label.VideoId);
        if (found is null)
        {
            var dominant = label.Kind == IncidentScope.Title && label.TrafficShare >= Dominant;
            return new LabelOutcome(label, null, null, dominant && during.Exists(incident => incident.VideoId is null));
        }

        // Ordinary failures can open an incident that has begun before it affects the first view.
        var openedAt = found.StartedAt.ToUnixTimeMilliseconds();
        var affected = label.AffectedAt.Count(time => time <= openedAt);
        return new LabelOutcome(label, found, Math.Max(1, affected), false);
    }

    private static bool Overlap(IncidentLabel label, ScoredIncident incident, ScoreOptions options) =>
        incident.StartedAt <= label.EndedAt + options.Grace && (incident.ResolvedAt is not { } end || end >= label.StartedAt);

    private static List<string> Shortcomings(ScoreReport report, ScoreOptions options)
    {
        var shortcomings = new List<string>();
        Require(report.Properties, options.RequiredPropertyShare, options.RequiredPropertyMedian, shortcomings);
        Require(report.Titles, options.RequiredTitleShare, options.RequiredTitleMedian, shortcomings);
        if (report.FalseAlarmsPer100PropertyDays is var rate && rate > options.AllowedFalseAlarms)
            shortcomings.Add(Words($"{rate:0.##} false alarms in 100 property-days, at most {options.AllowedFalseAlarms:0.##} allowed"));

        return shortcomings;
    }

    private static void Require(LabelGroup group, double share, int median, List<string> shortcomings)
    {
        if (group.Share < share)
            shortcomings.Add(Words($"{group.Name}: {group.Found} of {group.Labels} found, {share:P0} required"));
        if (group.Median > median)
            shortcomings.Add(Words($"{group.Name}: half open by affected view {group.Median}, {median} required"));
    }

    private static string Words(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
