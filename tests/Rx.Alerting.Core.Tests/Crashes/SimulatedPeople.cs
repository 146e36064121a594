using System.Text.Json;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Notifications;
using Notification = Rx.Alerting.Core.Notifications.Notification;

namespace Rx.Alerting.Core.Tests.Crashes;

/// <summary>Who is behind a channel that tells people. Keeps what has arrived, and what people take each incident for.</summary>
/// <param name="traits">What their receiver can do.</param>
internal sealed class SimulatedPeople(NotifierTraits traits)
{
    private readonly Dictionary<string, int> arrivals = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> doubts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Notification> latest = new(StringComparer.Ordinal);

    public NotifierTraits Traits => traits;

    /// <summary>How many notifications have arrived.</summary>
    public int Arrivals => arrivals.Count;

    /// <summary>The receiver has not answered, and lives on with its sender.</summary>
    public void Doubt(Notification notification) =>
        doubts[notification.DeliveryId] = doubts.GetValueOrDefault(notification.DeliveryId) + 1;

    /// <summary>
    /// A receiver that can find a notification by its id does not take it again where its sender is in doubt, but brings it up to date.
    /// Edits of a message are not counted: they may be repeated.
    /// </summary>
    public void Take(Notification notification)
    {
        var isEdit = traits.IsIdempotent && !notification.IsLoud;
        if (!isEdit && (!traits.IsIdempotent || !notification.IsInDoubt || !arrivals.ContainsKey(notification.DeliveryId)))
            arrivals[notification.DeliveryId] = arrivals.GetValueOrDefault(notification.DeliveryId) + 1;
        latest[notification.ThreadId] = notification;
    }

    /// <summary>
    /// Asserts that nothing has arrived twice where that can be found out, and else not more than twice because processes have ended.
    /// </summary>
    public void AssertNotRepeated() => Assert.All(arrivals, arrived => Assert.True(
        arrived.Value <= (traits.IsIdempotent ? 1 : 2 + doubts.GetValueOrDefault(arrived.Key)),
        $"{arrived.Key} has arrived {arrived.Value} times."));

    /// <summary>
    /// Asserts that people take nothing for open that is over, nor the other way round, unless nobody is to be told of it any more. What
    /// the store has lost is expired for them.
    /// </summary>
    /// <param name="board">The latest state of every incident.</param>
    /// <param name="givenUp">Threads of which something was not sent a third time, though nobody knows whether it has arrived.</param>
    public void AssertUpToDate(IReadOnlyList<string> board, IReadOnlySet<string> givenUp)
    {
        var all = board.Select(json => JsonSerializer.Deserialize(json, IncidentJson.Readable.Incident)!)
            .ToDictionary(incident => incident.Id, StringComparer.Ordinal);
        foreach (var (id, told) in latest.Where(one => !givenUp.Contains(one.Key)))
        {
            var open = told.Incidents.Select(known => all.GetValueOrDefault(known.Id))
                .Where(now => now is { Status: IncidentStatus.Open, Inhibited: false })
                .ToList();
            Assert.False(open.Count == 0 && !told.IsOver, $"People take {id} for open, and it is over.");
            var isToBeTold = open.Exists(now => now!.SilencedBy.Count == 0 && now.Acknowledgement is null);
            Assert.False(isToBeTold && told.IsOver, $"People take {id} for over, and it is open.");
        }
    }
}
