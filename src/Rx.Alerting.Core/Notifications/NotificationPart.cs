using Rx.Alerting.Core.Effects;
using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Core.Notifications;

/// <summary>The threads of one pipeline on one channel, as the board of notifications has them. One caller at a time.</summary>
/// <param name="pipeline">The pipeline's name.</param>
/// <param name="target">The channel.</param>
/// <param name="epoch">Of the pipeline's owner. A later owner takes the part.</param>
internal sealed class NotificationPart(string pipeline, NotificationTarget target, long epoch)
{
    private readonly Dictionary<string, NotificationThread> threads = new(StringComparer.Ordinal);
    private readonly Dictionary<string, NotificationThread> byIncident = new(StringComparer.Ordinal);
    private readonly HashSet<string> gone = new(StringComparer.Ordinal);

    public string Pipeline => pipeline;

    public long Epoch => epoch;

    /// <summary>The part's name on the board.</summary>
    public string Name { get; } = $"{pipeline}/{target.Name}:{target.Kind}";

    public IReadOnlyCollection<NotificationThread> Threads => threads.Values;

    /// <summary>What the name of a part says. Names of channels have neither slash nor colon.</summary>
    public static (string Pipeline, string Channel) Names(string part) => part.LastIndexOf('/') is >= 0 and var slash
        ? (part[..slash], part[(slash + 1)..].Split(':')[0])
        : (part, string.Empty);

    /// <summary>Adds a thread that an earlier owner has left.</summary>
    public void Add(NotificationThread thread)
    {
        threads.Add(thread.Id, thread);
        foreach (var incident in thread.Incidents)
            byIncident[incident.Id] = thread;
    }

    /// <summary>The thread with the incident's latest state. Null: the thread knows a later state.</summary>
    /// <param name="incident">The state.</param>
    /// <param name="mayJoin">Whether it may be told together with what has opened at the same time.</param>
    public NotificationThread? Take(Incident incident, bool mayJoin)
    {
        if (byIncident.TryGetValue(incident.Id, out var thread))
        {
            if (thread.Incidents.First(known => known.Id == incident.Id).UpdatedAt > incident.UpdatedAt)
                return null;
            thread.Take(incident);
            return thread;
        }

        thread = mayJoin ? Together(incident) : null;
        if (thread is null)
            threads.Add(incident.Id, thread = new(incident));
        else
            thread.Take(incident);
        byIncident.Add(incident.Id, thread);
        gone.Remove(thread.Id);
        return thread;
    }

    /// <summary>Drops threads beyond the bound: of those that are over, the ones that were told longest ago.</summary>
    public void Trim(int maximum)
    {
        if (threads.Count <= maximum + (maximum / 8)) // Not one by one.
            return;
        var over = threads.Values.Where(thread => thread is { HasEnded: true, Pending: null })
            .OrderBy(thread => thread.Incidents[0].UpdatedAt);
        foreach (var thread in over.Take(threads.Count - maximum).ToList())
        {
            threads.Remove(thread.Id);
            gone.Add(thread.Id);
            foreach (var incident in thread.Incidents)
                byIncident.Remove(incident.Id);
        }
    }

    /// <summary>The thread's entry, with a version that is later than all before.</summary>
    public BoardEntry Encode(NotificationThread thread, DateTimeOffset now)
    {
        thread.Version = Math.Max(thread.Version + 1, now.ToUnixTimeMilliseconds());
        return ThreadEncoding.Encode(Name, thread);
    }

    /// <summary>Ids of threads that were dropped since the last call.</summary>
    public IReadOnlyList<string> TakeGone()
    {
        IReadOnlyList<string> taken = [.. gone];
        gone.Clear();
        return taken;
    }

    /// <summary>The thread of what the same evaluation has opened: people are told of it once.</summary>
    private NotificationThread? Together(Incident incident) => threads.Values.FirstOrDefault(thread =>
        thread is { IsTold: false, Pending: NotificationEvent.Opened, DeliveryId: null }
        && thread.Incidents[0].StartedAt == incident.StartedAt
        && thread.Incidents[0].ErrorType == incident.ErrorType);
}
