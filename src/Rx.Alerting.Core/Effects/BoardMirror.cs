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
        lock (gate)
        {
            if (reading.IsWhole)
                incidents.Clear();
            foreach (var key in reading.Gone)
                incidents.Remove(key);
            foreach (var (key, incident) in changed)
            {
                incidents[key] = incident;
                if (incident is not null && !(LatestUpdate >= incident.UpdatedAt))
                    LatestUpdate = incident.UpdatedAt;
            }
        }
    }

    /// <summary>Null where there is no incident of that id, or not any more.</summary>
    public Incident? Find(string id)
    {
        lock (gate)
            return incidents.Where(incident => incident.Key.Id == id).Select(incident => incident.Value).FirstOrDefault();
    }

    /// <summary>All incidents, in no particular order.</summary>
    public Incident[] Snapshot()
    {
        lock (gate)
            return [.. incidents.Values.OfType<Incident>()];
    }
}
