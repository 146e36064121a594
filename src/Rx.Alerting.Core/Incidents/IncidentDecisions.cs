using Rx.Alerting.Core.Windows;

namespace Rx.Alerting.Core.Incidents;

/// <summary>Turns what has become of an incident into a decision.</summary>
internal sealed class IncidentDecisions(
    IncidentState state, ShownRates rates, Severities severities, IncidentOptions rules, IObserver<IncidentDecision> observer)
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
    /// <param name="decisive">The latest views that decided; null: none did.</param>
    public void Tell(
        IncidentTransition transition,
        IncidentReason? reason,
        OpenIncident incident,
        in Observation observation,
        long now,
        Feedback feedback = default,
        ShownRate? decisive = null)
    {
        incident.Tell(now);
        incident.Explained.Tell(incident.AffectedViews);
        Pass(transition, reason, incident, observation, now, feedback, decisive);
    }

    /// <summary>Tells people of an open incident.</summary>
    public void Update(IncidentReason reason, OpenIncident incident, in Observation observation, long now)
    {
        incident.Severity = severities.Of(incident, now);
        Tell(IncidentTransition.Updated, reason, incident, observation, now);
    }

    /// <summary>Shows the figures of an open incident as they are now. People are not told.</summary>
    public void Refresh(OpenIncident incident, in Observation observation, long now) =>
        Pass(IncidentTransition.Refreshed, null, incident, observation, now);

    /// <summary>Tells people of a platform's incident.</summary>
    /// <param name="transition">What happened.</param>
    /// <param name="reason">Why.</param>
    /// <param name="platform">The incident as it is now.</param>
    /// <param name="parts">Its open parts.</param>
    /// <param name="now">Event time (ms since the Unix epoch).</param>
    /// <param name="last">The last views of its last part, if there is no open one.</param>
    public void Tell(
        IncidentTransition transition,
        IncidentReason? reason,
        PlatformIncident platform,
        IReadOnlyList<OpenIncident> parts,
        long now,
        ShownRate last = default)
    {
        (platform.ToldAffectedViews, platform.ToldProperties) = (platform.AffectedViews(parts), platform.Properties);
        platform.Cause = SharedCause.Of(parts) ?? platform.Cause; // What people were told: a refresh must not take its place in silence.
        Pass(transition, reason, platform, parts, now, last);
    }

    /// <summary>Shows the figures of the platform's open incident as they are now. People are not told.</summary>
    public void Refresh(PlatformIncident platform, IReadOnlyList<OpenIncident> parts, long now) =>
        Pass(IncidentTransition.Refreshed, null, platform, parts, now);

    private void Pass(
        IncidentTransition transition,
        IncidentReason? reason,
        OpenIncident incident,
        in Observation observation,
        long now,
        Feedback feedback = default,
        ShownRate? decisive = null)
    {
        state.Changed(incident);
        var shown = decisive ?? rates.Of(incident, observation, now);
        incident.Timeline.Add(now, shown, rules.TimelinePoints);
        var told = IncidentSnapshot.Of(incident, Status(transition), now, shown, reason, ParentId(incident)) with
        {
            AffectedTitles = observation.AffectedTitles(incident.OpenedAt - incident.OpeningTime),
            Similar = [.. state.SimilarTo(incident, MostSimilar).Select(IncidentSnapshot.IdOf)],
        };
        observer.OnNext(new(new(transition, told), feedback));
    }

    private void Pass(
        IncidentTransition transition,
        IncidentReason? reason,
        PlatformIncident platform,
        IReadOnlyList<OpenIncident> parts,
        long now,
        ShownRate last = default)
    {
        var shown = parts.Count > 0 ? rates.Of(parts, now) : last;
        if (parts.Count > 0)
            platform.ErrorDescription = parts[^1].ErrorDescription;
        platform.Timeline.Add(now, shown, rules.TimelinePoints);
        observer.OnNext(new(new(transition, platform.Snapshot(Status(transition), reason, now, parts, shown)), default));
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
