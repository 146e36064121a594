using Rx.Alerting.Core.Baselines;
using Rx.Alerting.Core.Windows;

namespace Rx.Alerting.Core.Incidents;

/// <summary>Which of an incident's views people are shown.</summary>
/// <remarks>
/// These are the views that closing looks at: what people see is why an incident goes on, or is over. An average since the opening would
/// stay high for long after all is well, and low for long after it has become worse.
/// </remarks>
internal sealed class ShownRates(IncidentOptions rules, IncidentState state)
{
    /// <summary>The latest slots of event time that have as many views as closing looks at, or else all slots that are kept.</summary>
    public ShownRate Of(OpenIncident incident, in Observation observation, long now)
    {
        var enough = Math.Max(observation.IsTitle ? rules.TitleClosingViews : rules.ClosingViews, incident.OpeningViews);
        foreach (var span in RecentViews.Spans)
        {
            if (incident.Recent.Latest(now, span).Views >= enough)
                return Of(incident, observation, now, span);
        }

        var longest = Of(incident, observation, now, RecentViews.Slots);
        var sinceOpening = observation.Position - incident.OpenedPosition + incident.OpeningViews;
        return longest.Views > 0 ? longest : Of(observation, observation.Window.Latest(Math.Min(enough, sinceOpening)));
    }

    /// <summary>The latest slots of event time. The slot of the opening has the whole window that opened the incident.</summary>
    public ShownRate Of(OpenIncident incident, in Observation observation, long now, int slots)
    {
        var (views, errors, _, _) = incident.Recent.Latest(now, slots);
        var since = incident.Recent.BeginOf(now, slots);
        return Of(
            observation, views, errors, incident.OpenedAt > since ? Math.Min(since, incident.OpenedAt - incident.OpeningTime) : since);
    }

    /// <summary>The latest slots of event time that have a view: they tell whether a part goes on to fail.</summary>
    public ShownRate Latest(OpenIncident incident, in Observation observation, long now)
    {
        foreach (var span in RecentViews.Spans)
        {
            if (incident.Recent.Latest(now, span).Views > 0)
                return Of(incident, observation, now, span);
        }

        return Of(incident, observation, now);
    }

    /// <summary>A window of the latest views, whenever they were.</summary>
    public ShownRate Of(in Observation observation, WindowCount window) =>
        Of(observation, window.Views, window.Errors, Math.Min(window.StartedAt, observation.At));

    /// <summary>All parts of the platform's incident together.</summary>
    /// <param name="parts">At least one.</param>
    /// <param name="now">Event time (ms since the Unix epoch).</param>
    public ShownRate Of(IReadOnlyList<OpenIncident> parts, long now)
    {
        var all = parts.Select(part => Of(part, state.Observe(part), now)).ToList();
        var views = all.Sum(part => part.Views);
        return new(
            views,
            all.Sum(part => part.Errors),
            all.Min(part => part.Since),
            views > 0 ? all.Sum(part => part.Views * part.Expected) / views : null,
            all.TrueForAll(part => part.IsCalm));
    }

    private ShownRate Of(in Observation observation, long views, long errors, long since) => new(
        views,
        errors,
        since,
        observation.Expected.Mean,
        views > 0 && BetaBinomial.UpperTail(errors, views, observation.Expected) > rules.ClosingProbability);
}
