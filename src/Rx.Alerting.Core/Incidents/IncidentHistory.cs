namespace Rx.Alerting.Core.Incidents;

/// <summary>The latest state of every incident, up to a bound: those resolved longest ago go first, open ones never.</summary>
/// <param name="maximum">Incidents to keep.</param>
public sealed class IncidentHistory(int maximum)
{
    private static readonly Comparer<Incident> ByResolution = Comparer<Incident>.Create((a, b) =>
        Nullable.Compare(a.ResolvedAt, b.ResolvedAt) is not 0 and var order ? order : string.CompareOrdinal(a.Id, b.Id));

    private readonly Dictionary<string, Incident> byId = new(StringComparer.Ordinal);
    private readonly SortedSet<Incident> resolved = new(ByResolution);

    /// <summary>All incidents that are kept: unordered, and a live view.</summary>
    public IReadOnlyCollection<Incident> All => byId.Values;

    /// <summary>Null where there is no incident of that id, or not any more.</summary>
    public Incident? Find(string id) => byId.GetValueOrDefault(id);

    /// <summary>Takes an incident's latest state.</summary>
    /// <returns>The ids that had to go for it; may be the incident's own.</returns>
    public IReadOnlyList<string> Apply(Incident incident)
    {
        if (byId.TryGetValue(incident.Id, out var before))
            resolved.Remove(before);
        byId[incident.Id] = incident;
        if (incident.Status != IncidentStatus.Open)
            resolved.Add(incident);

        List<string>? gone = null;
        while (byId.Count > maximum && resolved.Min is { } oldest)
        {
            resolved.Remove(oldest);
            byId.Remove(oldest.Id);
            (gone ??= []).Add(oldest.Id);
        }

        return gone ?? [];
    }
}
