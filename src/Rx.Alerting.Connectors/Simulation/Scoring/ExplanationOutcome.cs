namespace Rx.Alerting.Connectors.Simulation.Scoring;

/// <summary>What the incident that found a property's label says about the slice that explains it.</summary>
public sealed record ExplanationOutcome
{
    private ExplanationOutcome(IncidentLabel label, IReadOnlyList<ScoredExplanation> named)
    {
        Label = label;
        Named = named;
    }

    public IncidentLabel Label { get; }

    /// <summary>The slices that are named, the best first. Empty if no slice stands out, or there is too little evidence.</summary>
    public IReadOnlyList<ScoredExplanation> Named { get; }

    /// <summary>The place of the planted slice, or of an equal one, among the named slices. From 1. Null: it is not named.</summary>
    public int? Place { get; private init; }

    /// <summary>Whether the first named slice is the planted slice, a part of it, or holds it.</summary>
    public bool IsNear { get; private init; }

    /// <summary>Whether a value is always worse in the property, and is no part of the planted slice.</summary>
    public bool HasAlwaysWorse { get; private init; }

    /// <summary>Whether the first named slice has the value that is always worse.</summary>
    public bool NamesAlwaysWorse { get; private init; }

    /// <summary>
    /// The slice's rate of the error type over the property's normal rate. Infinite if the property never had that error type.
    /// </summary>
    public static double Lift(IncidentLabel label) =>
        label.SliceViews == 0 ? 0 : 1 + (label.AffectedViews / (label.SliceViews * label.NormalRate));

    internal static ExplanationOutcome Of(IncidentLabel label, ScoredIncident foundBy)
    {
        var named = foundBy.ExplainedBy is ExplainedBy.Cause or ExplainedBy.OneOf ? foundBy.Explanations : [];
        List<HashSet<LabelDimension>> planted = label.Slice.Count == 0 ? [] : [.. label.SameSlices.Prepend(label.Slice).Select(Set)];
        var place = named.ToList().FindIndex(explanation => planted.Exists(Set(explanation.Dimensions).SetEquals));
        var first = named.Count == 0 ? [] : Set(named[0].Dimensions);
        var worse = label.AlwaysWorse.Where(value => !planted.Exists(slice => slice.Contains(value))).ToList();
        return new ExplanationOutcome(label, named)
        {
            Place = place < 0 ? null : place + 1,
            IsNear = first.Count > 0 && planted.Exists(slice => slice.IsSubsetOf(first) || slice.IsSupersetOf(first)),
            HasAlwaysWorse = worse.Count > 0,
            NamesAlwaysWorse = worse.Exists(first.Contains),
        };
    }

    private static HashSet<LabelDimension> Set(IReadOnlyList<LabelDimension> values) => [.. values];
}
