using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Service.Tries;

/// <summary>The incidents of a property in a time, as people count them.</summary>
/// <param name="Incidents">Those that people are told of, by when they opened.</param>
/// <param name="Parts">How many more are part of these.</param>
/// <param name="Before">How many more had opened before that time, and lasted into it. They are not compared.</param>
public sealed record TriedIncidents(IReadOnlyList<Incident> Incidents, int Parts, int Before)
{
    public int Alerts => Incidents.Count(incident => incident.Severity == IncidentSeverity.Alert);

    public int Warnings => Incidents.Count - Alerts;

    /// <param name="all">Incidents of one property, in any order.</param>
    /// <param name="from">When the time begins.</param>
    /// <param name="until">When it ends.</param>
    internal static TriedIncidents Of(IReadOnlyCollection<Incident> all, DateTimeOffset from, DateTimeOffset until)
    {
        var ids = all.Select(incident => incident.Id).ToHashSet(StringComparer.Ordinal);
        var inside = all.Where(incident => incident.StartedAt >= from && incident.StartedAt <= until).ToLookup(IsPart);
        return new(
            [.. inside[false].OrderBy(incident => incident.StartedAt).ThenBy(incident => incident.Id, StringComparer.Ordinal)],
            inside[true].Count(),
            all.Count(incident => incident.StartedAt < from && !(incident.ResolvedAt < from) && !IsPart(incident)));

        // What is part of an incident of the whole platform is an incident of the property all the same.
        bool IsPart(Incident incident) => incident.Inhibited && ids.Contains(incident.ParentId!);
    }
}
