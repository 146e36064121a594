using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Core.Notifications;

/// <summary>One channel that tells people, as it is configured.</summary>
/// <param name="Name">As in <c>Channels:NAME</c>. Must stay the same.</param>
/// <param name="Kind">The kind of its receiver. Another kind of the same name has not been told anything yet.</param>
/// <param name="Notifier">Tells.</param>
public sealed record NotificationTarget(string Name, string Kind, INotifier Notifier)
{
    /// <summary>What is less severe is not told.</summary>
    public IncidentSeverity MinimumSeverity { get; init; }

    /// <summary>After so long, people are told again of what is open and not acknowledged. Null: they are not.</summary>
    public TimeSpan? Reminder { get; init; }

    /// <summary>All routes.</summary>
    public IReadOnlyList<NotificationRoute> Routes { get; init; } = [];
}
