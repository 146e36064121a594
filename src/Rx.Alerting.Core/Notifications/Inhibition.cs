using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Core.Notifications;

/// <summary>
/// Which incidents a channel tells as part of another one: those whose whole the channel itself tells, or has told. The whole may be told
/// elsewhere, or to nobody. Then its parts are told by themselves.
/// </summary>
/// <param name="threads">The threads of a pipeline on one channel, by the ids of their incidents.</param>
internal sealed class Inhibition(IReadOnlyDictionary<string, NotificationThread> threads)
{
    /// <summary>A title, its property, the platform. States of different ages may say that two incidents are part of each other.</summary>
    public const int MostLevels = 3;

    /// <summary>No incident is part of another one.</summary>
    public static Inhibition None { get; } = new(new Dictionary<string, NotificationThread>());

    /// <summary>Whether the incident is told as part of another one.</summary>
    public bool IsPart(Incident incident) => IsPart(incident, MostLevels);

    /// <summary>The open incidents that the incident is part of, as far as the channel knows them; the nearest first.</summary>
    public IEnumerable<Incident> WholesOf(Incident incident)
    {
        for (var level = 0; level < MostLevels && Find(incident) is (_, { Status: IncidentStatus.Open } whole); level++)
            yield return incident = whole;
    }

    private bool IsPart(Incident incident, int levels) =>
        levels > 0 && Find(incident) is var (thread, whole) && (thread.Tells(whole) || IsPart(whole, levels - 1));

    private (NotificationThread Thread, Incident Whole)? Find(Incident part) =>
        part is { Inhibited: true, ParentId: { } id } && threads.TryGetValue(id, out var thread) ? (thread, thread.Find(id)) : null;
}
