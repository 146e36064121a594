using Rx.Alerting.Core.Windows;

namespace Rx.Alerting.Core.Incidents;

/// <summary>The end of an incident, and of what is part of it.</summary>
internal sealed class IncidentEnds(
    IncidentState state, ShownRates rates, ClosingRules closing, IncidentDecisions decisions, PlatformRules platform)
{
    /// <param name="transition">How it ends.</param>
    /// <param name="reason">Why.</param>
    /// <param name="incident">What ends.</param>
    /// <param name="observation">Its series as it is now.</param>
    /// <param name="now">Event time (ms since the Unix epoch).</param>
    /// <param name="calm">The latest views, which decide; null: they do not.</param>
    public void End(
        IncidentTransition transition,
        IncidentReason reason,
        OpenIncident incident,
        in Observation observation,
        long now,
        ShownRate? calm = null)
    {
        var last = calm ?? rates.Of(incident, observation, now);
        var parts = state.PartsOf(incident);
        var isNormal = reason == IncidentReason.AcceptedAsNormal;
        decisions.Tell(transition, reason, incident, observation, now, isNormal
            ? new Feedback(incident.Series, FeedbackKind.Accept, now, observation.Window.Largest)
            : new Feedback(incident.Series, FeedbackKind.Restart, now), last);
        foreach (var part in parts)
            EndWithParent(part, transition, now, last);
        state.Remove(incident);
        if (!isNormal)
            state.Past.Add(incident, now, now + closing.ReopenWithin(incident.Reopenings, transition));
        foreach (var part in parts.Where(state.IsOpen))
        {
            part.IsOfTitle = false;
            decisions.Update(IncidentReason.OutlivedParent, part, state.Observe(part), now);
        }

        platform.Ended(incident, transition, reason, now, last);
    }

    /// <summary>A part ends with what it is part of, unless it fails just now. A property without other titles cannot.</summary>
    private void EndWithParent(OpenIncident part, IncidentTransition transition, long now, ShownRate ofParent)
    {
        var observation = state.Observe(part);
        if (!part.IsOfTitle && closing.IsFailing(part, observation, now))
            return;
        var last = part.IsOfTitle
            ? rates.Of(observation, observation.Window.Latest(ofParent.Views))
            : rates.Latest(part, observation, now);
        End(transition, IncidentReason.EndedWithParent, part, observation, now, last);
    }
}
