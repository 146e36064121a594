namespace Rx.Alerting.Connectors.Simulation.Scoring;

/// <summary>One piece of traffic: what was injected into it, and what was detected in it.</summary>
/// <param name="Name">Tells it from other pieces, e.g. the path of its labels.</param>
/// <param name="Labels">What was injected.</param>
/// <param name="Incidents">What was detected, each in its final state.</param>
/// <param name="PropertyDays">Properties times days that were watched.</param>
public sealed record ScoredTraffic(
    string Name,
    IReadOnlyList<IncidentLabel> Labels,
    IReadOnlyList<ScoredIncident> Incidents,
    double PropertyDays);

/// <summary>What became of the labels and the incidents of one piece of traffic.</summary>
/// <param name="Traffic">What was compared.</param>
/// <param name="Outcomes">Every label, by its start.</param>
/// <param name="Misses">Required labels that were not found, by their start.</param>
/// <param name="FalseAlarms">Incidents that no label of the same property and error type explains, by their start.</param>
public sealed record TrafficScore(
    ScoredTraffic Traffic,
    IReadOnlyList<LabelOutcome> Outcomes,
    IReadOnlyList<IncidentLabel> Misses,
    IReadOnlyList<ScoredIncident> FalseAlarms);
