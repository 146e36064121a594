using Rx.Alerting.Core.Control;
using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Core.Notifications;

/// <summary>Which incidents are told to which channels.</summary>
/// <param name="Channels">Names of channels. <c>*</c> is every channel.</param>
/// <param name="Matcher">Property, title and error type.</param>
/// <param name="Severity">The least severity; null: any.</param>
/// <param name="Level">The level; null: any.</param>
/// <param name="Continues">Whether later routes are looked at, too.</param>
public sealed record NotificationRoute(
    IReadOnlyList<string> Channels, IncidentMatcher Matcher, IncidentSeverity? Severity, IncidentLevel? Level, bool Continues)
{
    private const string Every = "*";

    /// <summary>Whether a channel is to be told of an incident. Without any route, every channel is told of all.</summary>
    /// <param name="routes">In order. The first that matches holds, and those after it as long as each continues.</param>
    /// <param name="channel">The channel's name.</param>
    /// <param name="incident">The incident.</param>
    public static bool Leads(IReadOnlyList<NotificationRoute> routes, string channel, Incident incident)
    {
        foreach (var route in routes.Where(route => route.Matches(incident)))
        {
            if (route.Channels.Contains(channel) || route.Channels.Contains(Every))
                return true;
            if (!route.Continues)
                return false;
        }

        return routes.Count == 0;
    }

    private bool Matches(Incident incident) =>
        (Severity is null || incident.Severity >= Severity) && (Level is null || incident.Level == Level) && Matcher.Matches(incident);
}
