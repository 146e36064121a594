namespace Rx.Alerting.Core.Incidents;

/// <summary>How much an incident matters. It goes both ways, with a gap between up and down.</summary>
internal sealed class Severities(IncidentOptions rules)
{
    public IncidentSeverity Of(OpenIncident incident, long now)
    {
        return Of(incident.AffectedViews - incident.EarlierAffectedViews, incident.RecentPerHour(now), incident.Severity);
    }

    /// <summary>The platform's incident is as severe as its parts are together, and as the worst of them.</summary>
    public IncidentSeverity Of(PlatformIncident platform, IReadOnlyList<OpenIncident> parts, long now)
    {
        var affected = platform.AffectedViews(parts) - platform.EarlierAffectedViews;
        var own = Of(affected, parts.Sum(part => part.RecentPerHour(now)), platform.Severity);
        return parts.Select(part => part.Severity).Append(own).Max();
    }

    private IncidentSeverity Of(long affectedViews, double perHour, IncidentSeverity current)
    {
        var floor = current == IncidentSeverity.Alert ? rules.AlertAffectedViewsPerHour / 2 : rules.AlertAffectedViewsPerHour;
        return affectedViews >= rules.AlertAffectedViews && perHour >= floor ? IncidentSeverity.Alert : IncidentSeverity.Warning;
    }

    /// <summary>Whether an incident that is open for an hour affects fewer views than are worth a person's time.</summary>
    public bool HasTooLittleImpact(OpenIncident incident, long now) =>
        now - incident.OpenedAt >= TimeSpan.FromHours(1).TotalMilliseconds
        && incident.RecentPerHour(now) < rules.MinimumAffectedViewsPerHour;
}
