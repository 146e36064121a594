namespace Rx.Alerting.Connectors.Simulation.Scoring;

/// <summary>Whether one label was found, and how soon.</summary>
/// <param name="Label">The label.</param>
/// <param name="FoundBy">The first incident that found the label. Null if the label was missed.</param>
/// <param name="OpenedBy">
/// The number of the affected view by which the incident was open, at most <see cref="IncidentLabel.MaximumAffectedAt"/>. Null if the label
/// was missed.
/// </param>
/// <param name="ByPropertyOnly">
/// Whether only an incident of the property tells about a title's label. That counts only if most views of the property are views of the
/// title.
/// </param>
public sealed record LabelOutcome(IncidentLabel Label, ScoredIncident? FoundBy, int? OpenedBy, bool ByPropertyOnly)
{
    public bool Found => FoundBy is not null;
}

/// <summary>How many of a group of labels were found, and how soon.</summary>
public sealed record LabelGroup
{
    /// <summary>The name of the group: what its labels have in common.</summary>
    public required string Name { get; init; }

    public required int Labels { get; init; }

    public required int Found { get; init; }

    /// <summary>Labels of titles about which only an incident of the property tells. They are not among <see cref="Found"/>.</summary>
    public required int ByPropertyOnly { get; init; }

    /// <summary>Half of the found labels were open by this affected view. Null if none was found.</summary>
    public required int? Median { get; init; }

    /// <summary>Nine in ten of the found labels were open by this affected view. Null if none was found.</summary>
    public required int? NinetiethPercentile { get; init; }

    /// <summary>The share of labels that were found, 0–1. 1 if there are no labels.</summary>
    public double Share => Labels == 0 ? 1 : (double)Found / Labels;

    internal static LabelGroup Of(string name, IEnumerable<LabelOutcome> outcomes)
    {
        var all = outcomes.ToList();
        var opened = all.Where(outcome => outcome.Found).Select(outcome => outcome.OpenedBy!.Value).Order().ToList();
        return new LabelGroup
        {
            Name = name,
            Labels = all.Count,
            Found = opened.Count,
            ByPropertyOnly = all.Count(outcome => outcome.ByPropertyOnly),
            Median = Spread.Quantile(opened, 0.5),
            NinetiethPercentile = Spread.Quantile(opened, 0.9),
        };
    }
}
