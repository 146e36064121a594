using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Core.Control;

/// <summary>Tells changes of incidents, with what people have decided about them and with their trails.</summary>
/// <param name="state">Knows the incidents and the silences.</param>
/// <param name="trailEntries">Lines of a trail.</param>
/// <param name="observer">Who is told.</param>
internal sealed class IncidentTeller(ControlState state, int trailEntries, IObserver<IncidentChange> observer)
{
    /// <summary>Passes on what the incident stage has decided.</summary>
    /// <param name="change">Knows nothing of people.</param>
    /// <param name="by">The person who has asked for it; null: nobody.</param>
    /// <param name="note">What the person said.</param>
    public void Pass(IncidentChange change, string? by, string? note)
    {
        var (transition, incident) = change;
        var tracked = state.Incidents.Find(incident.Id);
        var before = tracked?.Told;
        tracked ??= new TrackedIncident(incident);
        var begins = before is null || transition == IncidentTransition.Reopened;
        if (begins || before!.VideoTitle != incident.VideoTitle)
            tracked.PutBeneath(state.Silences.Active.Find(incident));
        var acknowledgement = begins ? null : before!.Acknowledgement;
        incident = incident with
        {
            Acknowledgement = acknowledgement,
            ExpectedValue = incident.ExpectedValue ?? before?.ExpectedValue,
        };
        if (transition == IncidentTransition.Refreshed)
        {
            Refresh(tracked, before, incident);
            return;
        }

        Tell(tracked, before, transition, incident, by, note);
        if (!tracked.IsOpen)
            tracked.PutBeneath([]);
        state.Incidents.Forget(incident.UpdatedAt.ToUnixTimeMilliseconds());
    }

    /// <summary>Tells what a person or a silence has changed.</summary>
    /// <param name="tracked">Is open.</param>
    /// <param name="at">Event time (ms). Times of an incident do not go back.</param>
    /// <param name="reason">What has changed.</param>
    /// <param name="by">The person; null: the program itself.</param>
    /// <param name="note">What the person said.</param>
    /// <param name="acknowledgement">A new one; null: as before.</param>
    public void Update(
        TrackedIncident tracked,
        long at,
        IncidentReason reason,
        string? by = null,
        string? note = null,
        Acknowledgement? acknowledgement = null)
    {
        var before = tracked.Told;
        var incident = before with
        {
            UpdatedAt = DateTimeOffset.FromUnixTimeMilliseconds(Math.Max(at, before.UpdatedAt.ToUnixTimeMilliseconds())),
            Reason = reason,
            Acknowledgement = acknowledgement ?? before.Acknowledgement,
        };
        Tell(tracked, before, IncidentTransition.Updated, incident, by, note);
    }

    /// <summary>Figures have changed, and nothing that belongs into the trail.</summary>
    private void Refresh(TrackedIncident tracked, Incident? before, Incident incident)
    {
        if (before is null || incident.UpdatedAt <= before.UpdatedAt)
            return; // The same moment has been told.
        var refreshed = incident with
        {
            Reason = before.Reason,
            SilencedBy = tracked.SilencedBy,
            Trail = before.Trail,
        };
        state.Incidents.Put(tracked, refreshed);
        observer.OnNext(new IncidentChange(IncidentTransition.Refreshed, refreshed));
    }

    private void Tell(
        TrackedIncident tracked, Incident? before, IncidentTransition transition, Incident incident, string? by, string? note)
    {
        var trail = Trails.Of(before, incident, transition);
        var at = Later(before, trail, transition, incident.UpdatedAt);
        var entry = new TrailEntry(at, transition, incident.Reason, by, note);
        var told = incident with
        {
            UpdatedAt = at,
            SilencedBy = tracked.SilencedBy,
            Trail = Trails.Add(trail, entry, trailEntries),
        };
        state.Incidents.Put(tracked, told);
        observer.OnNext(new IncidentChange(transition, told));
    }

    /// <summary>
    /// Times of an incident do not go back, and two changes of the same kind do not have the same time: it is a part of their identity.
    /// </summary>
    private static DateTimeOffset Later(
        Incident? before, IReadOnlyList<TrailEntry> trail, IncidentTransition transition, DateTimeOffset at)
    {
        if (before is null || at > before.UpdatedAt)
            return at;
        return trail[^1].Transition == transition ? before.UpdatedAt.AddMilliseconds(1) : before.UpdatedAt;
    }
}
