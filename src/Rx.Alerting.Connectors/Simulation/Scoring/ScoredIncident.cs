using System.Text.Json.Serialization;

namespace Rx.Alerting.Connectors.Simulation.Scoring;

/// <summary>The fields of a detected incident that scoring needs, in its final state.</summary>
public sealed record ScoredIncident
{
    public required string Id { get; init; }

    /// <summary>Null for an incident of the platform.</summary>
    public string? PropertyId { get; init; }

    /// <summary>Null for an incident of the whole property.</summary>
    public string? VideoId { get; init; }

    public required string ErrorType { get; init; }

    /// <summary>The event time at which the incident opened.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>The event time at which the incident closed or expired. Null while it is open.</summary>
    public DateTimeOffset? ResolvedAt { get; init; }

    public string? Description { get; init; }

    /// <summary>The incident that this one is part of.</summary>
    public string? ParentId { get; init; }

    /// <summary>True for a part of another incident, of which nobody is told on its own.</summary>
    public bool Inhibited { get; init; }

    /// <summary>How many changes were told, the opening included.</summary>
    [JsonIgnore]
    public int Changes { get; init; } = 1;
}
