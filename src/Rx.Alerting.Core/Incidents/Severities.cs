namespace Rx.Alerting.Core.Incidents;

/// <summary>How much an incident matters. It goes both ways, with a gap between up and down.</summary>
internal sealed class Severities(IncidentOptions rules)
{
    public IncidentSeverity Of(OpenIncident incident, long now)
    {
        var floor = incident.Severity == IncidentSeverity.Alert ? rules.AlertAffectedViewsPerHour / 2 : rules.AlertAffectedViewsPerHour;
        return incident.AffectedViews - incident.EarlierAffectedViews >= rules.AlertAffectedViews && incident.RecentPerHour(now) >= floor
            ? IncidentSeverity.Alert
            : IncidentSeverity.Warning;
    }

    /// <summary>Whether an incident that is open for an hour affects fewer views than are worth a person's time.</summary>
    public bool HasTooLittleImpact(OpenIncident incident, long now) =>
        now - incident.OpenedAt >= TimeSpan.FromHours(1).TotalMilliseconds
        && incident.RecentPerHour(now) < rules.MinimumAffectedViewsPerHour;
}
