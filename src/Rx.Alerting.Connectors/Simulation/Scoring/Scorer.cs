using Rx.Alerting.Core.Options;

namespace Rx.Alerting.Connectors.Simulation.Scoring;

/// <summary>Compares detected incidents with injected incidents (labels).</summary>
/// <remarks>
/// <list type="bullet">
/// <item>A label is found by the first incident of the same property, error type and scope (the property, or that title) that opened
/// between the label's start and a grace after its end.</item>
/// <item>An incident is a false alarm if no label of the same property and error type overlaps it, including the grace. So a title's
/// incident during its property's label is no false alarm, nor is a property's incident during a title's label.</item>
/// </list>
/// </remarks>
public static class Scorer
{
    /// <summary>From this share of the property's views on, a title dominates the property.</summary>
    private const double Dominant = 0.5;

    /// <summary>Scores pieces of traffic together. Shares, quantiles and requirements are of all labels.</summary>
    /// <param name="traffic">The pieces. Each is compared with its own labels only.</param>
    /// <param name="options">The options. Null: the defaults.</param>
    /// <exception cref="ArgumentException">Options have faults. The message names all of them.</exception>
    public static ScoreReport Score(IReadOnlyList<ScoredTraffic> traffic, ScoreOptions? options = null)
    {
        options ??= new ScoreOptions();
        if (OptionFaults.Of(options) is { Count: > 0 } faults)
            throw new ArgumentException(string.Join(Environment.NewLine, faults), nameof(options));

        var scores = traffic.Select(piece => Compare(piece, options)).ToList();
        var outcomes = scores.SelectMany(score => score.Outcomes).ToList();
        var required = outcomes.Where(outcome => IsRequired(outcome.Label, options)).ToList();
        var small = outcomes.Where(outcome => !IsRequired(outcome.Label, options)).ToList();
        var report = new ScoreReport
        {
            Properties = Group($"properties, {options.PropertyViews} affected views or more", required, IncidentScope.Property),
            Titles = Group($"titles, {options.TitleViews} affected views or more", required, IncidentScope.Title),
            Details =
            [
                Group($"properties, fewer than {options.PropertyViews}", small, IncidentScope.Property),
                Group($"titles, fewer than {options.TitleViews}", small, IncidentScope.Title),
                .. required.GroupBy(outcome => outcome.Label.Shape).OrderBy(shape => shape.Key)
                    .Select(shape => LabelGroup.Of($"of the required: {ScoreText.Of(shape.Key)}", shape)),
            ],
            Lifecycle = LifecycleScore.Of([.. scores.Select(score => score.Lifecycle)]),
            Explanations = ExplanationScore.Of(scores, options),
            Options = options,
            Traffic = scores,
            Shortcomings = [],
        };
        return report with { Shortcomings = Requirements.Unmet(report) };
    }

    private static TrafficScore Compare(ScoredTraffic traffic, ScoreOptions options)
    {
        var incidents = traffic.Incidents.OrderBy(incident => incident.StartedAt).ToList();
        var byKey = incidents.ToLookup(incident => (incident.PropertyId, incident.ErrorType));
        var labelsByKey = traffic.Labels.ToLookup(label => ((string?)label.PropertyId, label.ErrorType));
        var outcomes = traffic.Labels.OrderBy(label => label.StartedAt)
            .Select(label => Judge(label, byKey[(label.PropertyId, label.ErrorType)], options))
            .ToList();
        return new TrafficScore(
            traffic,
            outcomes,
            [.. outcomes.Where(outcome => !outcome.Found && IsRequired(outcome.Label, options)).Select(outcome => outcome.Label)],
            [.. incidents.Where(incident =>
                !labelsByKey[(incident.PropertyId, incident.ErrorType)].Any(label => Overlap(label, incident, options)))],
            new LifecycleMeasure(traffic, options).Of([.. outcomes.Where(outcome => outcome.Found && IsRequired(outcome.Label, options))]));
    }

    /// <summary>Whether the incident opens between the label's start and the grace after its end.</summary>
    internal static bool Opens(IncidentLabel label, ScoredIncident incident, ScoreOptions options) =>
        incident.StartedAt >= label.StartedAt && incident.StartedAt <= label.EndedAt + options.Grace;

    /// <summary>Whether the incident and the label overlap, including the grace.</summary>
    internal static bool Overlap(IncidentLabel label, ScoredIncident incident, ScoreOptions options) =>
        incident.StartedAt <= label.EndedAt + options.Grace && (incident.ResolvedAt is not { } end || end >= label.StartedAt);

    private static LabelGroup Group(string name, IEnumerable<LabelOutcome> outcomes, IncidentScope scope) =>
        LabelGroup.Of(name, outcomes.Where(outcome => outcome.Label.Kind == scope));

    private static bool IsRequired(IncidentLabel label, ScoreOptions options) =>
        label.AffectedViews >= (label.Kind == IncidentScope.Property ? options.PropertyViews : options.TitleViews);

    private static LabelOutcome Judge(IncidentLabel label, IEnumerable<ScoredIncident> sameKey, ScoreOptions options)
    {
        var during = sameKey.Where(incident => Opens(label, incident, options)).ToList();
        var found = during.FirstOrDefault(incident => incident.VideoId == label.VideoId);
        if (found is null)
        {
            var dominant = label.Kind == IncidentScope.Title && label.TrafficShare >= Dominant;
            return new LabelOutcome(label, null, null, dominant && during.Exists(incident => incident.VideoId is null));
        }

        // Ordinary failures may open the incident after the label's start and before its first affected view. So the count is at least 1.
        var openedAt = found.StartedAt.ToUnixTimeMilliseconds();
        var affected = label.AffectedAt.Count(time => time <= openedAt);
        return new LabelOutcome(label, found, Math.Max(1, affected), false);
    }
}
