using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Testing.Incidents;

/// <summary>Makes incidents that differ only in the fields that a test is about.</summary>
public static class IncidentSamples
{
    public static DateTimeOffset Start { get; } = DateTimeOffset.UnixEpoch.AddSeconds(1_700_000_000);

    public static Incident Sample(
        string id,
        IncidentStatus status = IncidentStatus.Open,
        int minute = 0,
        long affected = 10,
        IncidentSeverity severity = IncidentSeverity.Warning) => new()
        {
            Id = id,
            IncidentKey = $"key-{id}",
            Status = status,
            Severity = severity,
            MeasuredValue = 0.86,
            Threshold = 0.05,
            SampleSize = 100,
            MeasuredSince = Start.AddMinutes(minute - 1),
            ExpectedValue = 0.012,
            PeakValue = 0.91,
            AffectedViews = affected,
            AffectedViewsPerHour = affected,
            AffectedViewsPerHourOnOpen = affected,
            StartedAt = Start.AddMinutes(minute),
            UpdatedAt = Start.AddMinutes(minute + 1),
            ResolvedAt = status == IncidentStatus.Open ? null : Start.AddMinutes(minute + 1),
            Description = "Video title “Enlace” is failing at a significant rate (86.0 %) due to an error of networkError",
            ErrorDescription = "The network was lost",
            Breakdowns = [new Breakdown("cdn", "fastly", 0.9)],
            PropertyId = "property",
            ErrorType = "networkError",
            WindowStartedAt = Start,
            Timeline = [new TimelinePoint(Start, 100, 86)],
        };

    public static IncidentChange Change(Incident incident) =>
        new(incident.Status == IncidentStatus.Open ? IncidentTransition.Opened : IncidentTransition.Closed, incident);
}
