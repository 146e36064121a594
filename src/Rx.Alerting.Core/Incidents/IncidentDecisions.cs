using Rx.Alerting.Core.Windows;

namespace Rx.Alerting.Core.Incidents;

/// <summary>Turns what has become of an incident into a decision.</summary>
internal sealed class IncidentDecisions(
    IncidentState state, Severities severities, IncidentOptions rules, IObserver<IncidentDecision> observer)
{
    /// <summary>The most incidents that are named as similar.</summary>
    private const int MostSimilar = 20;

    /// <summary>Tells people of an incident.</summary>
    /// <param name="transition">What happened.</param>
    /// <param name="reason">Why.</param>
    /// <param name="incident">The incident as it is now.</param>
    /// <param name="observation">Its series as it is now.</param>
    /// <param name="now">Event time (ms since the Unix epoch).</param>
    /// <param name="feedback">What becomes of the series.</param>
    public void Tell(
        IncidentTransition transition,
        IncidentReason? reason,
        OpenIncident incident,
        in Observation observation,
        long now,
        Feedback feedback = default)
    {
        var shown = AddToTimeline(incident, observation, now);
        incident.Tell(now);
        incident.Explained.Tell(incident.AffectedViews);
        var told = IncidentSnapshot.Of(incident, Status(transition), now, shown, reason, ParentId(incident)) with
        {
            AffectedTitles = observation.AffectedTitles(incident.OpenedAt - incident.OpeningTime),
            Similar = [.. state.SimilarTo(incident, MostSimilar).Select(IncidentSnapshot.IdOf)],
        };
        observer.OnNext(new(new(transition, told), feedback));
    }

    /// <summary>Tells people of an open incident.</summary>
    public void Update(IncidentReason reason, OpenIncident incident, in Observation observation, long now)
    {
        incident.Severity = severities.Of(incident, now);
        Tell(IncidentTransition.Updated, reason, incident, observation, now);
    }

    /// <summary>Notes how the incident is.</summary>
    public WindowCount AddToTimeline(OpenIncident incident, in Observation observation, long now)
    {
        state.Changed(incident);
        var shown = incident.Shown(observation);
        incident.Timeline.Add(now, shown, rules.TimelinePoints);
        return shown;
    }

    /// <summary>Tells people of a platform's incident.</summary>
    public void Tell(
        IncidentTransition transition, IncidentReason? reason, PlatformIncident platform, IReadOnlyList<OpenIncident> parts, long now)
    {
        if (parts.Count > 0)
        {
            var shown = parts.Select(part => part.Shown(state.Observe(part))).ToList();
            platform.Shown = (shown.Sum(window => window.Views), shown.Sum(window => window.Errors));
            platform.ErrorDescription = parts[^1].ErrorDescription;
            platform.Cause = SharedCause.Of(parts) ?? platform.Cause;
        }

        platform.Timeline.Add(now, new WindowCount(platform.Shown.Views, platform.Shown.Errors, now), rules.TimelinePoints);
        (platform.ToldAffectedViews, platform.ToldProperties) = (platform.AffectedViews(parts), platform.Properties);
        observer.OnNext(new(new(transition, platform.Snapshot(Status(transition), reason, now, parts)), default));
    }

    private string? ParentId(OpenIncident incident) =>
        state.ParentOf(incident) is { } parent ? IncidentSnapshot.IdOf(parent)
        : incident.IsOfPlatform ? state.Platforms.Find(incident.Series.ErrorTypeHash)?.Id
        : null;

    private static IncidentStatus Status(IncidentTransition transition) => transition switch
    {
        IncidentTransition.Closed => IncidentStatus.Closed,
        IncidentTransition.Expired => IncidentStatus.Expired,
        _ => IncidentStatus.Open,
    };
}
