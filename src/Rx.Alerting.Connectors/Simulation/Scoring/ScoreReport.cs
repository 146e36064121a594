namespace Rx.Alerting.Connectors.Simulation.Scoring;

/// <summary>How well incidents tell of the labels.</summary>
public sealed record ScoreReport
{
    /// <summary>Labels of properties that are large enough to be required.</summary>
    public required LabelGroup Properties { get; init; }

    /// <summary>Labels of titles that are large enough to be required.</summary>
    public required LabelGroup Titles { get; init; }

    /// <summary>The smaller ones, and the required ones by shape: for information.</summary>
    public required IReadOnlyList<LabelGroup> Details { get; init; }

    /// <summary>Every label, by its start.</summary>
    public required IReadOnlyList<LabelOutcome> Outcomes { get; init; }

    /// <summary>Required labels that were not found.</summary>
    public required IReadOnlyList<IncidentLabel> Misses { get; init; }

    /// <summary>Incidents that no label of the same property and error type explains.</summary>
    public required IReadOnlyList<ScoredIncident> FalseAlarms { get; init; }

    public required int Incidents { get; init; }

    public required double PropertyDays { get; init; }

    public double FalseAlarmsPer100PropertyDays => PropertyDays > 0 ? FalseAlarms.Count * 100 / PropertyDays : 0;

    /// <summary>Every requirement that is not met, as a sentence; empty when all are.</summary>
    public required IReadOnlyList<string> Shortcomings { get; init; }

    public bool Passed => Shortcomings.Count == 0;
}
