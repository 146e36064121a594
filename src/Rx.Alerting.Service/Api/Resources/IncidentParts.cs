using System.Text.Json.Serialization;
using Rx.Alerting.Core.Explanations;
using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Service.Api.Resources;

/// <summary>How an incident is related to another one.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<IncidentRelation>))]
internal enum IncidentRelation
{
    /// <summary>The other one is a part of it.</summary>
    [JsonStringEnumMemberName("whole")] Whole,

    /// <summary>It is a part of the other one.</summary>
    [JsonStringEnumMemberName("part")] Part,

    /// <summary>Both are open, and have the same cause.</summary>
    [JsonStringEnumMemberName("similar")] Similar,

    /// <summary>It is about the same property, title and error type, at another time.</summary>
    [JsonStringEnumMemberName("occurrence")] Occurrence,
}

/// <summary>An incident that is related to another one.</summary>
/// <param name="Relation">How.</param>
/// <param name="Incident">The related incident.</param>
internal sealed record RelatedIncident(IncidentRelation Relation, Incident Incident)
{
    private static readonly Comparison<Incident> LatestFirst = IncidentOrder.Find(IncidentOrder.Default)!;

    /// <summary>By relation, then the latest first.</summary>
    /// <param name="incident">The other one.</param>
    /// <param name="all">All incidents that the caller may see.</param>
    public static List<RelatedIncident> Of(Incident incident, Incident[] all)
    {
        var similar = incident.Similar.ToHashSet(StringComparer.Ordinal);
        var sorted = Array.FindAll(all, other => other.Id != incident.Id);
        Array.Sort(sorted, LatestFirst);
        return
        [
            .. Those(IncidentRelation.Whole, other => other.Id == incident.ParentId),
            .. Those(IncidentRelation.Part, other => other.ParentId == incident.Id),
            .. Those(IncidentRelation.Similar, other => similar.Contains(other.Id)),
            .. Those(IncidentRelation.Occurrence, other => other.IncidentKey == incident.IncidentKey),
        ];

        IEnumerable<RelatedIncident> Those(IncidentRelation relation, Predicate<Incident> isOne) =>
            Array.FindAll(sorted, isOne).Select(other => new RelatedIncident(relation, other));
    }
}

/// <summary>A page of related incidents.</summary>
/// <inheritdoc cref="PageEnvelope"/>
internal sealed record RelatedEnvelope(
    IReadOnlyList<RelatedIncident> Data,
    long[] Timeframe,
    int TotalRowCount,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Notice);

/// <summary>The error rate of an incident at one time.</summary>
/// <param name="At">Event time.</param>
/// <param name="Views">Views in the window.</param>
/// <param name="Errors">Views of those that failed with the incident's error type.</param>
/// <param name="ErrorRate">Errors by views, 0–1.</param>
internal sealed record TimelineRow(DateTimeOffset At, long Views, long Errors, double ErrorRate)
{
    public static TimelineRow Of(TimelinePoint point) =>
        new(point.At, point.Views, point.Errors, Math.Round(point.Rate, 9));
}

/// <summary>The timeline of an incident.</summary>
/// <param name="Data">In the order of event time.</param>
/// <param name="Timeframe">When the incident's window began, and the time of its latest state, in seconds since the Unix epoch.</param>
/// <param name="TotalRowCount">Number of results.</param>
/// <param name="Threshold">The smallest error rate at which the opening window is an anomaly, 0–1.</param>
/// <param name="ExpectedValue">The error rate that is normal, 0–1. Null: an earlier release has told the incident.</param>
/// <param name="Trail">Who did what when, the program's own decisions included; the oldest first.</param>
internal sealed record TimelineEnvelope(
    IReadOnlyList<TimelineRow> Data,
    long[] Timeframe,
    int TotalRowCount,
    double Threshold,
    double? ExpectedValue,
    IReadOnlyList<TrailEntry> Trail);

/// <summary>What explains an incident.</summary>
/// <param name="ExplainedBy">How far the best slice is to be trusted. Null: too few views have failed to tell.</param>
/// <param name="Explanations">Slices of views, the one that explains most first.</param>
internal sealed record IncidentExplanation(ExplainedBy? ExplainedBy, IReadOnlyList<Explanation> Explanations);

/// <summary>What explains an incident.</summary>
/// <param name="Data">The explanation.</param>
/// <param name="Timeframe">When the incident opened, and the time of its latest state, in seconds since the Unix epoch.</param>
internal sealed record ExplanationEnvelope(IncidentExplanation Data, long[] Timeframe);
