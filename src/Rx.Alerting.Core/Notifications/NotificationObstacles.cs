using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Core.Notifications;

/// <summary>Why nobody is told.</summary>
/// <param name="Outcome">The reason.</param>
/// <param name="Detail"><inheritdoc cref="NotificationRecord" path="/param[@name='Detail']"/></param>
internal readonly record struct NotificationObstacle(NotificationOutcome Outcome, string? Detail = null);

/// <summary>Why one channel tells nobody of an incident for the first time, or again after its end.</summary>
internal sealed class NotificationObstacles(NotificationTarget target, NotificationOptions options)
{
    /// <summary>Why nobody is told of an open incident; null if people are told.</summary>
    public NotificationObstacle? Of(Incident incident, Inhibition inhibition) =>
        inhibition.IsPart(incident) ? new(NotificationOutcome.Inhibited, incident.ParentId)
        : Own(incident) ?? Above(incident, inhibition);

    /// <summary>Why nobody is told of what is open; null if there is an incident of which the channel tells, or none is open.</summary>
    public NotificationObstacle? Of(NotificationThread thread)
    {
        NotificationObstacle? first = null;
        foreach (var incident in thread.Incidents.Where(incident => incident.Status == IncidentStatus.Open))
        {
            if (Of(incident, thread.Inhibition) is not { } obstacle)
                return null;
            first ??= obstacle;
        }

        return first;
    }

    /// <summary>What the wholes of the thread's open incidents say of them. When that changes, the thread has to be decided anew.</summary>
    public IReadOnlyList<NotificationObstacle?> Above(NotificationThread thread) =>
        [.. thread.Incidents.Where(incident => incident is { Status: IncidentStatus.Open, Inhibited: true })
            .Select(incident => thread.Inhibition.IsPart(incident)
                ? new NotificationObstacle(NotificationOutcome.Inhibited)
                : Above(incident, thread.Inhibition))];

    /// <summary>Why it is not told that something was there, and is over. Null: it will be told, or it was said why it is not.</summary>
    public NotificationObstacle? Over(NotificationThread thread, DateTimeOffset now)
    {
        if (thread.Pending is null && thread.Records.Count > 0)
            return null;
        if (IsOld(thread, now))
            return new(NotificationOutcome.TooOld);
        return thread.Pending is not null && target.Notifier.Traits.WantsOver ? null : new(NotificationOutcome.OverBefore);
    }

    /// <summary>Whether the stream is being caught up with.</summary>
    public bool IsOld(NotificationThread thread, DateTimeOffset now) =>
        thread.Incidents.All(incident => now - incident.UpdatedAt > options.MaximumAge);

    private NotificationObstacle? Own(Incident incident) =>
        !NotificationRoute.Leads(target.Routes, target.Name, incident) ? new(NotificationOutcome.NoRoute)
        : incident.Severity < target.MinimumSeverity ? new(NotificationOutcome.BelowSeverity)
        : incident.SilencedBy.Count > 0 ? new(NotificationOutcome.Silenced, string.Join(", ", incident.SilencedBy))
        : incident.Acknowledgement is { } who ? new(NotificationOutcome.Acknowledged, who.By)
        : null;

    /// <summary>
    /// Whoever silences a whole, or acknowledges it, means its parts, too. But the whole must be one that the channel would tell otherwise.
    /// </summary>
    private NotificationObstacle? Above(Incident incident, Inhibition inhibition) =>
        inhibition.WholesOf(incident).Select(Own)
            .FirstOrDefault(why => why is { Outcome: NotificationOutcome.Silenced or NotificationOutcome.Acknowledged });
}
