using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Service.Pages;

/// <summary>Which incidents are parts of which. A part that stands out is told by itself, so it stands by itself.</summary>
internal sealed class IncidentTree
{
    /// <summary>A title, its property, the platform. States of different ages may say that two incidents are part of each other.</summary>
    private const int MostLevels = 3;

    /// <summary>By the objects: to compare what is in them takes long.</summary>
    private readonly Dictionary<Incident, Incident> wholes = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Incident, List<Incident>> parts = new(ReferenceEqualityComparer.Instance);

    public IncidentTree(IReadOnlyList<Incident> all)
    {
        var byId = new Dictionary<string, Incident>(all.Count, StringComparer.Ordinal);
        foreach (var incident in all)
            byId[incident.Id] = incident;
        foreach (var incident in all)
        {
            if (Find(incident, byId) is not { } whole)
                continue;
            wholes[incident] = whole;
            if (!parts.TryGetValue(whole, out var known))
                parts[whole] = known = [];
            known.Add(incident);
        }
    }

    /// <summary>The incident in which this one is told. Null: it is told by itself, or the other one is not kept any more.</summary>
    public Incident? WholeOf(Incident incident) => incident.Inhibited ? wholes.GetValueOrDefault(incident) : null;

    /// <summary>All parts of an incident, of all levels, in no order.</summary>
    public IEnumerable<Incident> PartsOf(Incident whole) => parts.GetValueOrDefault(whole) ?? [];

    private static Incident? Find(Incident incident, Dictionary<string, Incident> byId)
    {
        Incident? whole = null;
        var part = incident;
        for (var level = 0; level < MostLevels && part is { Inhibited: true, ParentId: { } id }; level++)
        {
            if (!byId.TryGetValue(id, out var next))
                break;
            whole = part = next;
        }

        return whole?.Id == incident.Id ? null : whole;
    }
}
