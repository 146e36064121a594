using Rx.Alerting.Core.Effects;
using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Service.Access;

/// <summary>
/// The incidents that a caller may see. Whatever shows or counts incidents asks here, so nothing of another property is in an answer: not
/// as a parent or as something similar either.
/// </summary>
internal sealed class VisibleIncidents(BoardMirror board, PropertyScope scope)
{
    /// <summary>Null where there is no such incident, or the caller may not see it: it must not learn which.</summary>
    public Incident? Find(string id) => board.Find(id) is { } incident && scope.Sees(incident) ? Shown(incident) : null;

    /// <inheritdoc cref="BoardMirror.OfKey"/>
    public Incident[] OfKey(string incidentKey) => Shown(board.OfKey(incidentKey));

    /// <inheritdoc cref="BoardMirror.Snapshot"/>
    public Incident[] Snapshot() => scope.IsAll ? board.Snapshot() : Shown(board.Snapshot());

    /// <summary>The latest event time of what the caller may see. Null: it sees nothing.</summary>
    public DateTimeOffset? LatestUpdate =>
        scope.IsAll ? board.LatestUpdate : Snapshot().Select(incident => (DateTimeOffset?)incident.UpdatedAt).Max();

    /// <summary>Whether the caller may see all incidents.</summary>
    public bool AreAll => scope.IsAll;

    /// <summary>Those of some incidents that the caller may see.</summary>
    public Incident[] Shown(IReadOnlyCollection<Incident> incidents) =>
        scope.IsAll ? [.. incidents] : [.. incidents.Where(scope.Sees).Select(Shown)];

    private Incident Shown(Incident incident) => scope.IsAll || (incident.ParentId is null && incident.Similar.Count == 0)
        ? incident
        : incident with
        {
            ParentId = incident.ParentId is { } parent && IsSeen(parent) ? parent : null,
            Similar = [.. incident.Similar.Where(IsSeen)],
        };

    private bool IsSeen(string id) => board.Find(id) is { } incident && scope.Sees(incident);
}
