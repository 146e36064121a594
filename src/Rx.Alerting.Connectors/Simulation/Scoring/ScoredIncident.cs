namespace Rx.Alerting.Connectors.Simulation.Scoring;

/// <summary>What scoring needs of a detected incident: its final state.</summary>
public sealed record ScoredIncident
{
    public required string Id { get; init; }

    public required string PropertyId { get; init; }

    /// <summary>Null for an incident of the whole property.</summary>
    public string? VideoId { get; init; }

    public required string ErrorType { get; init; }

    /// <summary>Event time at which it opened.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Event time at which it closed or expired; null while it is open.</summary>
    public DateTimeOffset? ResolvedAt { get; init; }

    public string? Description { get; init; }
}
