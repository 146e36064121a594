using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Core.Effects;

/// <summary>Finds incidents of all pipelines by a name that several of them may share, without a look at each incident.</summary>
/// <param name="nameOf">The name of an incident. It is the same in all states of the incident.</param>
internal sealed class IncidentIndex(Func<Incident, string> nameOf)
{
    private readonly Dictionary<string, Dictionary<(string Pipeline, string Id), Incident>> filed = new(StringComparer.Ordinal);

    /// <summary>In no particular order.</summary>
    public IReadOnlyCollection<Incident> Find(string name) => filed.GetValueOrDefault(name)?.Values ?? (IReadOnlyCollection<Incident>)[];

    public void Put((string Pipeline, string Id) key, Incident incident)
    {
        var name = nameOf(incident);
        if (!filed.TryGetValue(name, out var incidents))
            filed.Add(name, incidents = []);
        incidents[key] = incident;
    }

    public void Remove((string Pipeline, string Id) key, Incident incident)
    {
        var name = nameOf(incident);
        if (filed.TryGetValue(name, out var incidents) && incidents.Remove(key) && incidents.Count == 0)
            filed.Remove(name);
    }

    public void Clear() => filed.Clear();
}
