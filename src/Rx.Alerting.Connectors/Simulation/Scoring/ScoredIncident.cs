using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Rx.Alerting.Connectors.Simulation.Scoring;

/// <summary>How a detector explains an incident.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ExplainedBy>))]
public enum ExplainedBy
{
    /// <summary>The best explanation leads clearly.</summary>
    [JsonStringEnumMemberName("cause")] Cause,

    /// <summary>Several explanations are as likely.</summary>
    [JsonStringEnumMemberName("one_of")] OneOf,

    /// <summary>No slice stands out, whatever the explanations say.</summary>
    [JsonStringEnumMemberName("none")] None,
}

/// <summary>A slice that a detector names.</summary>
public sealed record ScoredExplanation
{
    /// <summary>The values that its views share.</summary>
    public required IReadOnlyList<LabelDimension> Dimensions { get; init; }
}

/// <summary>
/// The fields of a detected incident that scoring needs, in its final state. The explanations are the latest that were told.
/// </summary>
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

    /// <summary>How the detector explains the incident. Null while it says nothing.</summary>
    public ExplainedBy? ExplainedBy { get; init; }

    /// <summary>The slices that hold the excess, the best first.</summary>
    [AllowNull]
    public IReadOnlyList<ScoredExplanation> Explanations { get => field ?? []; init; }

    /// <summary>How many changes were told, the opening included.</summary>
    [JsonIgnore]
    public int Changes { get; init; } = 1;
}
