using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Service.Api;

/// <summary>Another incident of the same property, title and error type, in short.</summary>
/// <param name="Id">The incident.</param>
/// <param name="Status">Its latest status.</param>
/// <param name="Severity">Its latest severity.</param>
/// <param name="StartedAt">Event time.</param>
/// <param name="ResolvedAt">Event time. Null while the incident is open.</param>
/// <param name="Duration">Seconds of event time from the start to the end. Null while the incident is open.</param>
/// <param name="AffectedViews">Views that failed.</param>
/// <param name="Reopenings">How many times it ended and broke out again.</param>
internal sealed record Occurrence(
    string Id,
    IncidentStatus Status,
    IncidentSeverity Severity,
    DateTimeOffset StartedAt,
    DateTimeOffset? ResolvedAt,
    double? Duration,
    long AffectedViews,
    int Reopenings)
{
    /// <summary>More of them are counted, and not listed.</summary>
    public const int Maximum = 20;

    private static readonly Comparison<Incident> LatestFirst = IncidentOrder.Find("-started_at")!;

    /// <summary>The other incidents of the same key, the latest first, and how many there are.</summary>
    /// <param name="incident">Is left out.</param>
    /// <param name="sameKey">All incidents of its key.</param>
    public static (IReadOnlyList<Occurrence> Latest, int Total) Others(Incident incident, Incident[] sameKey)
    {
        var others = Array.FindAll(sameKey, other => other.Id != incident.Id);
        Array.Sort(others, LatestFirst);
        return ([.. others.Take(Maximum).Select(Of)], others.Length);
    }

    private static Occurrence Of(Incident incident) => new(
        incident.Id,
        incident.Status,
        incident.Severity,
        incident.StartedAt,
        incident.ResolvedAt,
        (incident.ResolvedAt - incident.StartedAt)?.TotalSeconds,
        incident.AffectedViews,
        incident.Reopenings);
}
