using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.Incidents;

/// <summary>The incidents that re-open if the same breaks again soon, at most so many: those that ended longest ago go first.</summary>
/// <param name="maximum">Incidents to keep.</param>
/// <param name="tracksChanges">Whether changes are remembered, for saves of changes only.</param>
internal sealed class PastIncidents(int maximum, bool tracksChanges)
{
    private static readonly Comparer<PastIncident> ByEnd = Comparer<PastIncident>.Create((a, b) =>
        a.EndedAt.CompareTo(b.EndedAt) is not 0 and var order ? order : string.CompareOrdinal(a.Key, b.Key));

    private readonly Dictionary<string, PastIncident> byKey = new(StringComparer.Ordinal);
    private readonly SortedSet<PastIncident> byEnd = new(ByEnd);
    private readonly ChangeLog<string> log = new(tracksChanges);

    public int Count => byKey.Count;

    /// <summary>When the latest of them ended (ms since the Unix epoch); <see cref="long.MinValue"/>: there is none.</summary>
    public long LatestAt => byEnd.Max?.EndedAt ?? long.MinValue;

    /// <summary>An incident has ended. It re-opens until <paramref name="until"/>.</summary>
    public void Add(OpenIncident ended, long endedAt, long until)
    {
        var incident = PastIncident.Of(ended, IncidentSnapshot.KeyOf(ended.Series), endedAt, until);
        byKey.Add(incident.Key, incident);
        byEnd.Add(incident);
        log.Changed(incident.Key);
        if (byKey.Count > maximum)
            Remove(byEnd.Min!);
    }

    /// <summary>The incident of a key that re-opens. Null: there is none, or it ended too long ago.</summary>
    public PastIncident? Take(string key, long now)
    {
        if (!byKey.TryGetValue(key, out var incident))
            return null;
        Remove(incident);
        return now <= incident.Until ? incident : null;
    }

    /// <summary>Forgets what will not re-open any more.</summary>
    public void Forget(long now)
    {
        foreach (var incident in byEnd.Where(incident => incident.Until < now).ToList())
            Remove(incident);
    }

    public void Save(ChangeWriter changes, bool everything)
    {
        if (everything)
        {
            foreach (var incident in byEnd) // A dictionary's order tells what was removed when.
                Write(incident.Key);
        }
        else
        {
            log.Take(Write, key => changes.Remove(KeyOf(key)));
        }

        void Write(string key) => byKey[key].Save(changes.Begin(KeyOf(key)));
    }

    public void Load(StateReader reader)
    {
        var incident = PastIncident.Load(reader);
        byKey.Add(incident.Key, incident);
        byEnd.Add(incident);
        log.Loaded(incident.Key);
    }

    private void Remove(PastIncident incident)
    {
        byKey.Remove(incident.Key);
        byEnd.Remove(incident);
        log.Removed(incident.Key);
    }

    private static StateKey KeyOf(string key) => new(StateSections.Incidents, IncidentState.PastEntry, ContentHash.Of(key));
}
