using System.Text.Json.Serialization;
using Rx.Alerting.Core.Explanations;

namespace Rx.Alerting.Core.Incidents;

/// <summary>One part of what an incident is about: a dimension and its value.</summary>
/// <param name="Name"><c>error_type</c>, <c>video_title</c>, <c>cdn</c>, <c>country</c>, …</param>
/// <param name="Value">The value that the affected views share.</param>
/// <param name="Share">Share of the affected views with that value, 0–1.</param>
public sealed record Breakdown(string Name, string Value, double Share);

/// <summary>One point of an incident's timeline.</summary>
/// <param name="At">Event time.</param>
/// <param name="Views">Views in the window of <see cref="Incident.MeasuredValue"/>.</param>
/// <param name="Errors">Views of those that failed with the incident's error type.</param>
public sealed record TimelinePoint(DateTimeOffset At, long Views, long Errors)
{
    /// <summary>0–1; 0 without views.</summary>
    [JsonIgnore]
    public double Rate => Views == 0 ? 0 : (double)Errors / Views;
}

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

    /// <summary>
    /// Error rate of the latest views, 0–1: at <see cref="UpdatedAt"/> while the incident is open, at its end afterwards. When it opens,
    /// that is the window that opened it. Later it is the views of the latest slots of event time, those that tell whether it goes on.
    /// </summary>
    public required double MeasuredValue { get; init; }

    public double? MeasuredValueOnClose { get; init; }

    /// <summary>The smallest error rate at which the opening window is an anomaly; 0–1.</summary>
    public required double Threshold { get; init; }

    /// <summary>Views in the window of <see cref="MeasuredValue"/>.</summary>
    public required long SampleSize { get; init; }

    public string SampleSizeUnit { get; init; } = "views";

    /// <summary>Begin of the window of <see cref="MeasuredValue"/>. Null: an earlier release has told it.</summary>
    public DateTimeOffset? MeasuredSince { get; init; }

    /// <summary>
    /// The error rate that is normal for the property or title, as learned before the incident, 0–1. Null: an earlier release has told
    /// it.
    /// </summary>
    public double? ExpectedValue { get; init; }

    /// <summary>True while the incident is open and no more of its latest views fail than is normal. It closes if that lasts.</summary>
    public bool Recovering { get; init; }

    /// <summary>The highest <see cref="MeasuredValue"/> of the <see cref="Timeline"/> so far, 0–1.</summary>
    public required double PeakValue { get; init; }

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

    /// <summary>Null for an incident of the whole platform.</summary>
    public string? PropertyId { get; init; }

    /// <summary>Null for an incident of the whole property, or of the platform.</summary>
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

    /// <summary>When it opened for the last time: at first, or again. Its <see cref="Threshold"/> is of that time.</summary>
    public DateTimeOffset OpenedAt() =>
        Trail.LastOrDefault(entry => entry.Transition is IncidentTransition.Opened or IncidentTransition.Reopened)?.At ?? StartedAt;

    public IncidentLevel Level =>
        PropertyId is null ? IncidentLevel.Platform : VideoId is null ? IncidentLevel.Property : IncidentLevel.Title;

    /// <summary>Why the incident was told the last time; null when it opened or re-opened.</summary>
    public IncidentReason? Reason { get; init; }

    /// <summary>
    /// The open incident that this one is part of: of the title's property, or of the platform. After the end: what it was part of then.
    /// </summary>
    public string? ParentId { get; init; }

    /// <summary>True for a title that is significantly worse than the rest of its property. People are told of it on its own.</summary>
    public bool StandsOut { get; init; }

    /// <summary>True for a part of another incident, of which nobody is told on its own.</summary>
    public bool Inhibited => ParentId is not null && !StandsOut;

    /// <summary>Titles with an affected view, of a property's incident; 0 for a title.</summary>
    public int AffectedTitles { get; init; }

    /// <summary>Properties whose incidents are part of a platform's incident; 0 for others.</summary>
    public int AffectedProperties { get; init; }

    /// <summary>How many times the incident ended and broke out again.</summary>
    public int Reopenings { get; init; }

    /// <summary>True when the incident has re-opened so often that it has to stay calm for longer.</summary>
    public bool Flapping { get; init; }

    /// <summary>Who has taken the incident on; null: nobody.</summary>
    public Acknowledgement? Acknowledgement { get; init; }

    /// <summary>Ids of the silences that keep people from being told.</summary>
    public IReadOnlyList<string> SilencedBy { get; init; } = [];

    /// <summary>Who did what when, the program's own decisions included; the oldest first. When it is full, the middle goes.</summary>
    public IReadOnlyList<TrailEntry> Trail { get; init; } = [];

    /// <summary>How far <see cref="Explanations"/> are to be trusted; null: there is too little evidence, or none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ExplainedBy? ExplainedBy { get; init; }

    /// <summary>The slices of views that explain it best, the best first.</summary>
    public IReadOnlyList<Explanation> Explanations { get; init; } = [];

    /// <summary>Ids of other open incidents of the same cause.</summary>
    public IReadOnlyList<string> Similar { get; init; } = [];

    /// <summary>True when the incident was closed because its level was accepted as the new normal.</summary>
    public bool AcceptedAsNormal => Reason == IncidentReason.AcceptedAsNormal;

    public required IReadOnlyList<TimelinePoint> Timeline { get; init; }
}

/// <summary>A change of state, as it leaves the pipeline.</summary>
public sealed record IncidentChange(IncidentTransition Transition, Incident Incident);
