using System.Text.Json.Serialization;

namespace Rx.Alerting.Core.Incidents;

/// <summary>Whether an incident goes on.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<IncidentStatus>))]
public enum IncidentStatus
{
    /// <summary>It goes on.</summary>
    [JsonStringEnumMemberName("open")] Open,

    /// <summary>The latest views were calm, or the level was accepted as normal.</summary>
    [JsonStringEnumMemberName("closed")] Closed,

    /// <summary>The property or title had no view for long.</summary>
    [JsonStringEnumMemberName("expired")] Expired,
}

/// <summary>How much an incident matters.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<IncidentSeverity>))]
public enum IncidentSeverity
{
    /// <summary>Significant, and of little impact so far.</summary>
    [JsonStringEnumMemberName("warning")] Warning,

    /// <summary>Many affected views, and many an hour.</summary>
    [JsonStringEnumMemberName("alert")] Alert,
}

/// <summary>What made the state of an incident change.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<IncidentTransition>))]
public enum IncidentTransition
{
    /// <summary>An anomaly was found.</summary>
    [JsonStringEnumMemberName("opened")] Opened,

    /// <summary>The severity has risen, or more views are affected than were told.</summary>
    [JsonStringEnumMemberName("updated")] Updated,

    /// <inheritdoc cref="IncidentStatus.Closed"/>
    [JsonStringEnumMemberName("closed")] Closed,

    /// <inheritdoc cref="IncidentStatus.Expired"/>
    [JsonStringEnumMemberName("expired")] Expired,
}

/// <summary>One part of what an incident is about: a dimension and its value.</summary>
/// <param name="Name"><c>error_type</c>, <c>video_title</c>, <c>cdn</c>, <c>country</c>, …</param>
/// <param name="Value">The value that the affected views share.</param>
/// <param name="Share">Share of the affected views with that value, 0–1.</param>
public sealed record Breakdown(string Name, string Value, double Share);

/// <summary>One point of an incident's timeline.</summary>
/// <param name="At">Event time.</param>
/// <param name="Views">Views in the window.</param>
/// <param name="Errors">Views of those that failed with the incident's error type.</param>
public sealed record TimelinePoint(DateTimeOffset At, long Views, long Errors);

/// <summary>
/// The state of one incident at one moment of event time. Field names are Mux Data's, in snake case; rates are 0–1;
/// times are event times.
/// </summary>
public sealed record Incident
{
    /// <summary>Deterministic: the same input gives the same ids.</summary>
    public required string Id { get; init; }

    /// <summary>The same for all incidents of one property, title and error type.</summary>
    public required string IncidentKey { get; init; }

    public required IncidentStatus Status { get; init; }

    public required IncidentSeverity Severity { get; init; }

    public string Measurement { get; init; } = "error_rate";

    /// <summary>Error rate of the shown window, 0–1: now while the incident is open, at its end afterwards.</summary>
    public required double MeasuredValue { get; init; }

    public double? MeasuredValueOnClose { get; init; }

    /// <summary>The smallest error rate at which the opening window is an anomaly; 0–1.</summary>
    public required double Threshold { get; init; }

    /// <summary>Views in the window of <see cref="MeasuredValue"/>.</summary>
    public required long SampleSize { get; init; }

    public string SampleSizeUnit { get; init; } = "views";

    /// <summary>Views that failed with the error type since the incident's window began.</summary>
    public required long AffectedViews { get; init; }

    public required double AffectedViewsPerHour { get; init; }

    public required double AffectedViewsPerHourOnOpen { get; init; }

    /// <summary>Event time at which the verdict opened the incident.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? ResolvedAt { get; init; }

    /// <summary>A sentence for people.</summary>
    public required string Description { get; init; }

    /// <summary>What the player said in an affected view, else the error type.</summary>
    public required string ErrorDescription { get; init; }

    public required IReadOnlyList<Breakdown> Breakdowns { get; init; }

    public required string PropertyId { get; init; }

    /// <summary>Null for an incident of the whole property.</summary>
    public string? VideoId { get; init; }

    /// <summary>The title's text, where an affected view had one.</summary>
    public string? VideoTitle { get; init; }

    public required string ErrorType { get; init; }

    /// <summary>Begin of the pane in which the opening window's first affected view ended.</summary>
    public required DateTimeOffset WindowStartedAt { get; init; }

    /// <summary>The event time of this state.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Late views of the property since the window began: seen, not counted.</summary>
    public long LateViews { get; init; }

    /// <summary>True for a title's incident while its property has one of the same error type.</summary>
    public bool Inhibited { get; init; }

    /// <summary>True when the incident was closed because its level was accepted as the new normal.</summary>
    public bool AcceptedAsNormal { get; init; }

    public required IReadOnlyList<TimelinePoint> Timeline { get; init; }
}

/// <summary>A change of state, as it leaves the pipeline.</summary>
public sealed record IncidentChange(IncidentTransition Transition, Incident Incident);
