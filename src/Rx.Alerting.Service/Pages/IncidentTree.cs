using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Service.Pages;

/// <summary>Which incidents are parts of which. A part that stands out is told by itself, so it stands by itself.</summary>
internal sealed class IncidentTree
{
    /// <summary>A title, its property, the platform. States of different ages may say that two incidents are part of each other.</summary>
    private const int MostLevels = 3;

    private readonly Dictionary<string, Incident> byId = new(StringComparer.Ordinal);
    private readonly ILookup<string, Incident> parts;

    public IncidentTree(IReadOnlyList<Incident> all)
    {
        foreach (var incident in all)
            byId[incident.Id] = incident;
        parts = all.Where(incident => WholeOf(incident) is not null).ToLookup(incident => WholeOf(incident)!.Id, StringComparer.Ordinal);
    }

    /// <summary>The incident in which this one is told. Null: it is told by itself, or the other one is not kept any more.</summary>
    public Incident? WholeOf(Incident incident)
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

    /// <summary>All parts of an incident, of all levels, in no order.</summary>
    public IEnumerable<Incident> PartsOf(Incident whole) => parts[whole.Id];
}
