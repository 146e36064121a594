using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Connectors.Charts;

/// <summary>Something that happened to an incident, in the picture of its error rate.</summary>
/// <param name="At">Event time.</param>
/// <param name="Word">Short.</param>
/// <param name="Css">How it is shown: <c>bad</c>, <c>good</c> or <c>plain</c>.</param>
internal sealed record RateMark(DateTimeOffset At, string Word, string Css)
{
    /// <summary>The marks of an incident, of which there may be two at the same time.</summary>
    public static IEnumerable<RateMark> Of(Incident incident)
    {
        var told = incident.Trail.Select(Of).OfType<RateMark>().ToList();
        if (!told.Exists(mark => mark.Word == "opened"))
            told.Add(new(incident.StartedAt, "opened", "bad"));
        if (incident.ResolvedAt is { } end && !told.Exists(mark => mark.At == end && mark.Word is "closed" or "expired"))
            told.Add(new(end, incident.Status == IncidentStatus.Expired ? "expired" : "closed", "good"));
        return told.Distinct();
    }

    private static RateMark? Of(TrailEntry entry) => entry switch
    {
        { Transition: IncidentTransition.Opened } => new(entry.At, "opened", "bad"),
        { Transition: IncidentTransition.Reopened } => new(entry.At, "re-opened", "bad"),
        { Transition: IncidentTransition.Closed } => new(entry.At, "closed", "good"),
        { Transition: IncidentTransition.Expired } => new(entry.At, "expired", "good"),
        { Reason: IncidentReason.SeverityRaised } => new(entry.At, "alert", "bad"),
        { Reason: IncidentReason.SeverityLowered } => new(entry.At, "warning", "plain"),
        { Reason: IncidentReason.Acknowledged } => new(entry.At, "acknowledged", "plain"),
        { Reason: IncidentReason.Silenced } => new(entry.At, "silenced", "plain"),
        { Reason: IncidentReason.CauseFound } => new(entry.At, "cause found", "plain"),
        _ => null,
    };
}
