namespace Rx.Alerting.Connectors.Simulation.Scoring;

/// <summary>What became of one label.</summary>
/// <param name="Label">The truth.</param>
/// <param name="FoundBy">The first incident that found it; null when it was missed.</param>
/// <param name="OpenedBy">
/// It was open by the so many-th affected view, at most <see cref="IncidentLabel.MaximumAffectedAt"/>; null when missed.
/// </param>
/// <param name="ByPropertyOnly">A title's label that only its property's incident tells of, most of whose views it is.</param>
public sealed record LabelOutcome(IncidentLabel Label, ScoredIncident? FoundBy, int? OpenedBy, bool ByPropertyOnly)
{
    public bool Found => FoundBy is not null;
}

/// <summary>How a group of labels fared.</summary>
public sealed record LabelGroup
{
    /// <summary>What the group has in common.</summary>
    public required string Name { get; init; }

    public required int Labels { get; init; }

    public required int Found { get; init; }

    /// <summary>Title labels that only their property's incident tells of; not among <see cref="Found"/>.</summary>
    public required int ByPropertyOnly { get; init; }

    /// <summary>Half of the found labels were open by this affected view; null when none was found.</summary>
    public required int? Median { get; init; }

    /// <summary>Nine in ten of the found labels were open by this affected view; null when none was found.</summary>
    public required int? NinetiethPercentile { get; init; }

    /// <summary>0–1; 1 when there are no labels.</summary>
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
            Median = Quantile(opened, 0.5),
            NinetiethPercentile = Quantile(opened, 0.9),
        };
    }

    /// <summary>The smallest value that at least <paramref name="share"/> of all do not exceed.</summary>
    private static int? Quantile(List<int> sorted, double share) =>
        sorted.Count == 0 ? null : sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Count) - 1)];
}
