using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Service.Tries;

/// <summary>Collects the latest states of a property's incidents.</summary>
internal sealed class TryTally(string property)
{
    /// <summary>Options may be tried that open an incident every minute. Nobody reads more.</summary>
    internal const int Most = 1_000;

    private readonly Dictionary<string, Incident> latest = new(StringComparer.Ordinal);

    /// <summary>Whether there were more, which are missing.</summary>
    public bool IsFull { get; private set; }

    public IReadOnlyCollection<Incident> All => latest.Values;

    public void Apply(IncidentChange change)
    {
        var incident = change.Incident;
        if (incident.PropertyId != property)
            return;
        if (latest.Count >= Most && !latest.ContainsKey(incident.Id))
            IsFull = true;
        else
            latest[incident.Id] = incident with { Timeline = [], Trail = [], Breakdowns = [], Explanations = [], Similar = [] };
    }
}
