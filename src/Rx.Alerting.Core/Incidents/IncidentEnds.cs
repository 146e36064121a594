using Rx.Alerting.Core.Windows;

namespace Rx.Alerting.Core.Incidents;

/// <summary>The end of an incident, and of what is part of it.</summary>
internal sealed class IncidentEnds(IncidentState state, ClosingRules closing, IncidentTeller teller, PlatformRules platform)
{
    public void End(IncidentTransition transition, IncidentReason reason, OpenIncident incident, in Observation observation, long now)
    {
        var titles = incident.Series.IsTitle ? [] : state.TitlesOf(incident.Series);
        var isNormal = reason == IncidentReason.AcceptedAsNormal;
        teller.Tell(transition, reason, incident, observation, now, isNormal
            ? new Feedback(incident.Series, FeedbackKind.Accept, now, observation.Window.Largest)
            : new Feedback(incident.Series, FeedbackKind.Restart, now));
        foreach (var title in titles)
            EndWithProperty(title, transition, now);
        state.Remove(incident);
        if (!isNormal)
            state.Past.Add(incident, now, now + closing.ReopenWithin(incident, transition));
        foreach (var title in titles.Where(state.IsOpen))
            teller.Update(IncidentReason.OutlivedParent, title, state.Observe(title), now);
        platform.Ended(incident, transition, reason, now);
    }

    /// <summary>A title's incident ends with that of its property, unless the title fails just now.</summary>
    private void EndWithProperty(OpenIncident title, IncidentTransition transition, long now)
    {
        var observation = state.Observe(title);
        if (!closing.IsFailing(title, observation, now))
            End(transition, IncidentReason.EndedWithParent, title, observation, now);
    }
}
