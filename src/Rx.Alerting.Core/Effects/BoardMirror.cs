using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Core.Effects;

/// <summary>A copy of the board in memory, from which questions are answered. Thread-safe.</summary>
/// <param name="isShown">
/// Whether the incidents of a pipeline are shown here, by its name. The board may have those of other streams, too.
/// </param>
public sealed class BoardMirror(Func<string, bool> isShown)
{
    private readonly Lock gate = new();
    private readonly Dictionary<(string Pipeline, string Id), Incident?> incidents = [];
    private readonly IncidentIndex byId = new(incident => incident.Id);
    private readonly IncidentIndex byKey = new(incident => incident.IncidentKey);
    private Incident[]? snapshot;

    /// <summary>Called after each reading that was applied, on the thread of its reader. Nobody else reads meanwhile.</summary>
    public event Action<BoardChange>? Changed;

    /// <summary>The latest event time of any incident so far. Null before the first incident.</summary>
    public DateTimeOffset? LatestUpdate { get; private set; }

    /// <summary>Number of incidents that this build cannot read, because a newer release has written them.</summary>
    public int Unreadable
    {
        get
        {
            lock (gate)
                return incidents.Values.Count(incident => incident is null);
        }
    }

    public void Apply(BoardReading reading)
    {
        var changed = reading.Entries.Where(entry => isShown(entry.Pipeline))
            .Select(entry => (Key: (entry.Pipeline, entry.Id), Incident: BoardEncoding.Decode(entry)))
            .ToList();
        var gone = new List<Incident>();
        lock (gate)
        {
            if (reading.IsWhole || reading.Gone.Count > 0 || changed.Count > 0)
                snapshot = null;
            var leaving = reading.Gone.Where(key => isShown(key.Pipeline));
            gone.AddRange(leaving.Select(key => incidents.GetValueOrDefault(key)).OfType<Incident>());
            if (reading.IsWhole)
                Clear();
            foreach (var key in reading.Gone)
                Remove(key);
            foreach (var (key, incident) in changed)
            {
                Put(key, incident);
                if (incident is not null && !(LatestUpdate >= incident.UpdatedAt))
                    LatestUpdate = incident.UpdatedAt;
            }
        }

        Changed?.Invoke(new(reading.Position, reading.IsWhole, [.. changed.Select(one => one.Incident).OfType<Incident>()], gone)
        {
            Positions = reading.Positions.Where(one => isShown(one.Key.Pipeline)).GroupBy(one => one.Key.Id, one => one.Value)
                .ToDictionary(id => id.Key, id => id.Last(), StringComparer.Ordinal),
        });
    }

    /// <summary>Null where there is no incident of that id, or not any more.</summary>
    public Incident? Find(string id)
    {
        lock (gate)
            return byId.Find(id).FirstOrDefault();
    }

    /// <summary>All incidents of an <see cref="Incident.IncidentKey"/>, in no particular order.</summary>
    public Incident[] OfKey(string incidentKey)
    {
        lock (gate)
            return [.. byKey.Find(incidentKey)];
    }

    /// <summary>
    /// All incidents, in no particular order. Until the board changes, all who ask get the same array: whoever sorts it takes a copy, and
    /// may keep what it has made of it.
    /// </summary>
    public Incident[] Snapshot()
    {
        lock (gate)
        {
            if (snapshot is null)
            {
                var (all, count) = (new Incident[incidents.Count], 0);
                foreach (var incident in incidents.Values)
                {
                    if (incident is not null)
                        all[count++] = incident;
                }

                snapshot = count == all.Length ? all : all[..count];
            }

            return snapshot;
        }
    }

    private void Put((string Pipeline, string Id) key, Incident? incident)
    {
        Remove(key);
        incidents.Add(key, incident);
        if (incident is null)
            return;
        byId.Put(key, incident);
        byKey.Put(key, incident);
    }

    private void Remove((string Pipeline, string Id) key)
    {
        if (!incidents.Remove(key, out var before) || before is null)
            return;
        byId.Remove(key, before);
        byKey.Remove(key, before);
    }

    private void Clear()
    {
        incidents.Clear();
        byId.Clear();
        byKey.Clear();
    }
}
