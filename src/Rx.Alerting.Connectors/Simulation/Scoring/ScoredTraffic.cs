namespace Rx.Alerting.Connectors.Simulation.Scoring;

/// <summary>One piece of traffic: the injected incidents, and the detected incidents.</summary>
/// <param name="Name">Tells this traffic from other pieces, for example by the path of the labels.</param>
/// <param name="Labels">The injected incidents.</param>
/// <param name="Incidents">The detected incidents, each in its final state.</param>
/// <param name="PropertyDays">The number of properties times the number of days that were watched.</param>
/// <param name="EndedAt">The event time at which the traffic ends. Null: the latest time of a label or an incident.</param>
public sealed record ScoredTraffic(
    string Name,
    IReadOnlyList<IncidentLabel> Labels,
    IReadOnlyList<ScoredIncident> Incidents,
    double PropertyDays,
    DateTimeOffset? EndedAt = null);

/// <summary>The score of one piece of traffic.</summary>
/// <param name="Traffic">The traffic.</param>
/// <param name="Outcomes">Every label, by its start.</param>
/// <param name="Misses">Required labels that were not found, by their start.</param>
/// <param name="FalseAlarms">Incidents that no label of the same property and error type explains, by their start.</param>
/// <param name="Lifecycle">What people see of the incidents.</param>
public sealed record TrafficScore(
    ScoredTraffic Traffic,
    IReadOnlyList<LabelOutcome> Outcomes,
    IReadOnlyList<IncidentLabel> Misses,
    IReadOnlyList<ScoredIncident> FalseAlarms,
    TrafficLifecycle Lifecycle);
