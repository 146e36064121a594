namespace Rx.Alerting.Connectors.Simulation.Scoring;

/// <summary>How well incidents say which slice explains them, over all traffic that was scored. Only found property labels count.</summary>
public sealed record ExplanationScore
{
    /// <summary>Whether any incident is explained at all. If not, nothing is required.</summary>
    public required bool Any { get; init; }

    /// <summary>Labels without a slice, and labels with enough evidence by the number of values of their slice.</summary>
    public required IReadOnlyList<ExplanationGroup> Groups { get; init; }

    /// <summary>Of the labels with a slice and enough evidence, those whose planted slice is named first.</summary>
    public required Part First { get; init; }

    /// <summary>Of the labels without a slice, those for which nothing is named.</summary>
    public required Part NothingNamed { get; init; }

    /// <summary>The outcomes that count, of one piece of traffic.</summary>
    internal static IEnumerable<ExplanationOutcome> Outcomes(TrafficScore score, ScoreOptions options) =>
        score.Outcomes
            .Where(outcome => outcome.Found && outcome.Label.Kind == IncidentScope.Property && Counts(outcome.Label, options))
            .Select(outcome => ExplanationOutcome.Of(outcome.Label, outcome.FoundBy!));

    internal static ExplanationScore Of(IReadOnlyList<TrafficScore> scores, ScoreOptions options)
    {
        var all = scores.SelectMany(score => Outcomes(score, options)).ToList();
        var whole = all.FindAll(outcome => outcome.Label.Slice.Count == 0);
        var sliced = all.FindAll(outcome => outcome.Label.Slice.Count > 0);
        return new ExplanationScore
        {
            Any = scores.Any(score => score.Traffic.Incidents.Any(incident => incident.ExplainedBy is not null)),
            Groups =
            [
                new("no slice", IsSliced: false, whole),
                new("no slice, a value is always worse", IsSliced: false, whole.FindAll(outcome => outcome.HasAlwaysWorse)),
                new("slice of one value", IsSliced: true, sliced.FindAll(outcome => outcome.Label.Slice.Count == 1)),
                new("slice of two values", IsSliced: true, sliced.FindAll(outcome => outcome.Label.Slice.Count == 2)),
                new("slice of three values", IsSliced: true, sliced.FindAll(outcome => outcome.Label.Slice.Count >= 3)),
                new("any slice, another value is always worse", IsSliced: true, sliced.FindAll(outcome => outcome.HasAlwaysWorse)),
            ],
            First = new Part(sliced.Count(outcome => outcome.Place == 1), sliced.Count),
            NothingNamed = new Part(whole.Count(outcome => outcome.Named.Count == 0), whole.Count),
        };
    }

    /// <summary>Naming nothing needs no evidence. So every label without a slice counts.</summary>
    private static bool Counts(IncidentLabel label, ScoreOptions options) =>
        label.Slice.Count == 0 || (label.Views >= options.SliceViews && ExplanationOutcome.Lift(label) >= options.SliceLift);
}

/// <summary>What incidents say about a group of labels.</summary>
/// <param name="Name">What the labels have in common.</param>
/// <param name="IsSliced">Whether the labels have a slice.</param>
/// <param name="Outcomes">The labels, and what the incidents say.</param>
public sealed record ExplanationGroup(string Name, bool IsSliced, IReadOnlyList<ExplanationOutcome> Outcomes)
{
    /// <summary>The planted slice is named first.</summary>
    public Part First => Count(outcome => outcome.Place == 1);

    /// <summary>The planted slice is among the first three.</summary>
    public Part AmongThree => Count(outcome => outcome.Place <= 3);

    /// <summary>The planted slice is among the first five.</summary>
    public Part AmongFive => Count(outcome => outcome.Place <= 5);

    /// <summary>The first named slice is the planted slice, a part of it, or holds it.</summary>
    public Part Near => Count(outcome => outcome.IsNear);

    public Part NothingNamed => Count(outcome => outcome.Named.Count == 0);

    /// <summary>Of the labels of properties in which a value is always worse, those whose first named slice has that value.</summary>
    public Part AlwaysWorse => new(
        Outcomes.Count(outcome => outcome.NamesAlwaysWorse), Outcomes.Count(outcome => outcome.HasAlwaysWorse));

    private Part Count(Func<ExplanationOutcome, bool> condition) => new(Outcomes.Count(condition), Outcomes.Count);
}
