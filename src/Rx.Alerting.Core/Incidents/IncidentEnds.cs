using Rx.Alerting.Core.Windows;

namespace Rx.Alerting.Core.Incidents;

/// <summary>The end of an incident, and of what is part of it.</summary>
internal sealed class IncidentEnds(IncidentState state, ClosingRules closing, IncidentDecisions decisions, PlatformRules platform)
{
    public void End(IncidentTransition transition, IncidentReason reason, OpenIncident incident, in Observation observation, long now)
    {
        var parts = state.PartsOf(incident);
        var isNormal = reason == IncidentReason.AcceptedAsNormal;
        decisions.Tell(transition, reason, incident, observation, now, isNormal
            ? new Feedback(incident.Series, FeedbackKind.Accept, now, observation.Window.Largest)
            : new Feedback(incident.Series, FeedbackKind.Restart, now));
        foreach (var part in parts)
            EndWithParent(part, transition, now);
        state.Remove(incident);
        if (!isNormal)
            state.Past.Add(incident, now, now + closing.ReopenWithin(incident.Reopenings, transition));
        foreach (var part in parts.Where(state.IsOpen))
        {
            part.IsOfTitle = false;
            decisions.Update(IncidentReason.OutlivedParent, part, state.Observe(part), now);
        }

        platform.Ended(incident, transition, reason, now);
    }

    /// <summary>A part ends with what it is part of, unless it fails just now. A property without other titles cannot.</summary>
    private void EndWithParent(OpenIncident part, IncidentTransition transition, long now)
    {
        var observation = state.Observe(part);
        if (part.IsOfTitle || !closing.IsFailing(part, observation, now))
            End(transition, IncidentReason.EndedWithParent, part, observation, now);
    }
}
