using Rx.Alerting.Core.Effects;
using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Core.Notifications;

/// <summary>The threads of one pipeline on one channel, as the board of notifications has them. One caller at a time.</summary>
/// <param name="pipeline">The pipeline's name.</param>
/// <param name="target">The channel.</param>
/// <param name="epoch">Of the pipeline's owner. A later owner takes the part.</param>
internal sealed partial class NotificationPart(string pipeline, NotificationTarget target, long epoch)
{
    private readonly Dictionary<string, NotificationThread> threads = new(StringComparer.Ordinal);
    private readonly Dictionary<string, NotificationThread> byIncident = new(StringComparer.Ordinal);
    private readonly HashSet<string> gone = new(StringComparer.Ordinal);

    /// <summary>What the pipeline says of incidents of which a thread has a later state.</summary>
    private readonly Dictionary<string, Incident> behind = new(StringComparer.Ordinal);

    private Inhibition? inhibition;

    /// <summary>The event time up to which the pipeline has decided, as far as this channel knows.</summary>
    private DateTimeOffset time;

    public string Pipeline => pipeline;

    public long Epoch => epoch;

    /// <summary>The part's name on the board.</summary>
    public string Name { get; } = $"{pipeline}/{target.Name}:{target.Kind}";

    public IReadOnlyCollection<NotificationThread> Threads => threads.Values;

    /// <summary>Which incidents are told as part of others.</summary>
    public Inhibition Inhibition => inhibition ??= new(byIncident);

    /// <summary>What the name of a part says. Names of channels have neither slash nor colon.</summary>
    public static (string Pipeline, string Channel) Names(string part) => part.LastIndexOf('/') is >= 0 and var slash
        ? (part[..slash], part[(slash + 1)..].Split(':')[0])
        : (part, string.Empty);

    /// <summary>Adds a thread that an earlier owner has left.</summary>
    public void Add(NotificationThread thread)
    {
        threads.Add(thread.Id, thread);
        thread.Inhibition = Inhibition;
        foreach (var incident in thread.Incidents)
            byIncident[incident.Id] = thread;
    }

    /// <summary>The thread with the incident's latest state. Null: the thread knows a later state, or the store takes no thread.</summary>
    /// <param name="incident">The state.</param>
    /// <param name="mayJoin">Whether it may be told together with what has opened at the same time.</param>
    public NotificationThread? Take(Incident incident, bool mayJoin)
    {
        Pass(incident.UpdatedAt);
        if (forgotten.Contains(incident.Id))
            return null;
        if (byIncident.TryGetValue(incident.Id, out var thread))
        {
            if (thread.Find(incident.Id).UpdatedAt > incident.UpdatedAt)
            {
                if (behind.ContainsKey(incident.Id))
                    behind[incident.Id] = incident;
                return null;
            }

            behind.Remove(incident.Id);
            thread.Take(incident);
            return thread;
        }

        thread = mayJoin ? Together(incident) : null;
        if (thread is null)
            threads.Add(incident.Id, thread = new(incident) { Inhibition = Inhibition });
        else
            thread.Take(incident);
        byIncident.Add(incident.Id, thread);
        gone.Remove(thread.Id);
        return thread;
    }

    /// <summary>
    /// Brings threads up to what the pipeline knows. What it does not know any more, the store has lost: nobody will end it. If the store
    /// has lost the state that a thread has, the pipeline most likely comes to it again. Once past its time, the earlier state holds.
    /// </summary>
    public void CatchUp(ChannelBeginning beginning)
    {
        var known = beginning.History.ToDictionary(incident => incident.Id, StringComparer.Ordinal);
        foreach (var thread in Threads)
        {
            foreach (var incident in thread.Incidents.ToList())
            {
                if (!known.TryGetValue(incident.Id, out var latest))
                    thread.Lose(incident);
                else if (latest.UpdatedAt < incident.UpdatedAt)
                    behind[latest.Id] = latest;
                else if (latest.UpdatedAt > incident.UpdatedAt || latest.Status != incident.Status)
                    thread.Take(latest);
            }
        }

        Pass(beginning.EventTime ?? DateTimeOffset.MinValue);
        TakeBack();
    }

    /// <summary>The threads that have taken back what the pipeline has not come to again.</summary>
    public IReadOnlyList<NotificationThread> TakeBack()
    {
        var taken = new List<NotificationThread>();
        foreach (var incident in behind.Values.Where(earlier => byIncident[earlier.Id].Find(earlier.Id).UpdatedAt < time).ToList())
        {
            behind.Remove(incident.Id);
            byIncident[incident.Id].Take(incident);
            taken.Add(byIncident[incident.Id]);
        }

        return taken;
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
            Drop(thread);
            gone.Add(thread.Id);
        }
    }

    /// <summary>Told of every record of what was not sent.</summary>
    public Action<NotificationThread, NotificationRecord>? NotSent { get; init; }

    /// <summary>
    /// Decides what is to be told of parts, after the channel has begun to tell their wholes, or tells them no more.
    /// </summary>
    /// <returns>The threads that were decided anew.</returns>
    public IReadOnlyCollection<NotificationThread> DecideParts(NotificationRules rules, DateTimeOffset now)
    {
        var decided = new HashSet<NotificationThread>();
        for (var level = 0; level < Inhibition.MostLevels; level++)
        {
            foreach (var thread in threads.Values.Where(thread => !thread.Above.SequenceEqual(rules.Obstacles.Above(thread))))
            {
                rules.Decide(thread, now);
                decided.Add(thread);
            }
        }

        return decided;
    }

    /// <summary>The thread's entry, with a version that is later than all before.</summary>
    public BoardEntry Encode(NotificationThread thread, DateTimeOffset now)
    {
        thread.Version = Math.Max(thread.Version + 1, now.ToUnixTimeMilliseconds());
        foreach (var record in thread.TakeUnreported())
            NotSent?.Invoke(thread, record);
        return ThreadEncoding.Encode(Name, thread);
    }

    /// <summary>Ids of threads that were dropped since the last call.</summary>
    public IReadOnlyList<string> TakeGone()
    {
        IReadOnlyList<string> taken = [.. gone];
        gone.Clear();
        return taken;
    }

    private void Drop(NotificationThread thread)
    {
        threads.Remove(thread.Id);
        foreach (var incident in thread.Incidents)
        {
            byIncident.Remove(incident.Id);
            behind.Remove(incident.Id);
        }
    }

    /// <summary>The pipeline has decided everything before a moment of event time.</summary>
    private void Pass(DateTimeOffset moment) => time = moment > time ? moment : time;

    /// <summary>The thread of what the same evaluation has opened: people are told of it once.</summary>
    private NotificationThread? Together(Incident incident) => threads.Values.FirstOrDefault(thread =>
        thread is { IsTold: false, Pending: NotificationEvent.Opened, DeliveryId: null }
        && thread.Incidents[0].StartedAt == incident.StartedAt
        && thread.Incidents[0].ErrorType == incident.ErrorType);
}
