namespace Rx.Alerting.Connectors.Simulation.Scoring;

/// <summary>How well incidents tell about the labels, over all traffic that was scored.</summary>
public sealed record ScoreReport
{
    /// <summary>Labels of properties that are large enough to be required.</summary>
    public required LabelGroup Properties { get; init; }

    /// <summary>Labels of titles that are large enough to be required.</summary>
    public required LabelGroup Titles { get; init; }

    /// <summary>Smaller labels, and required labels by shape. Only for information.</summary>
    public required IReadOnlyList<LabelGroup> Details { get; init; }

    /// <summary>What people see of the incidents.</summary>
    public required LifecycleScore Lifecycle { get; init; }

    /// <summary>How well incidents say which slice explains them.</summary>
    public required ExplanationScore Explanations { get; init; }

    /// <summary>What was required.</summary>
    public required ScoreOptions Options { get; init; }

    /// <summary>Every piece of traffic on its own.</summary>
    public required IReadOnlyList<TrafficScore> Traffic { get; init; }

    /// <summary>Every label, by traffic.</summary>
    public IEnumerable<LabelOutcome> Outcomes => Traffic.SelectMany(score => score.Outcomes);

    /// <summary>Required labels that were not found, by traffic.</summary>
    public IEnumerable<IncidentLabel> Misses => Traffic.SelectMany(score => score.Misses);

    /// <summary>Incidents that no label of the same property and error type explains, by traffic.</summary>
    public IEnumerable<ScoredIncident> FalseAlarms => Traffic.SelectMany(score => score.FalseAlarms);

    public int Incidents => Traffic.Sum(score => score.Traffic.Incidents.Count);

    public double PropertyDays => Traffic.Sum(score => score.Traffic.PropertyDays);

    public double FalseAlarmsPer100PropertyDays => PropertyDays > 0 ? FalseAlarms.Count() * 100 / PropertyDays : 0;

    /// <summary>Every requirement that is not met, as a sentence. Empty if all are met.</summary>
    public required IReadOnlyList<string> Shortcomings { get; init; }

    public bool Passed => Shortcomings.Count == 0;
}
