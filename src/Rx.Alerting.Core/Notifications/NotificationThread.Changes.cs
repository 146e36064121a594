using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Core.Notifications;

/// <content>How it changes.</content>
internal sealed partial class NotificationThread
{
    /// <summary>Takes the latest state of one of the incidents, or another incident that opened together with them.</summary>
    public void Take(Incident incident)
    {
        var index = incidents.FindIndex(known => known.Id == incident.Id);
        if (index < 0)
            incidents.Add(incident);
        else
            incidents[index] = incident;
        IsStale = true;
    }

    /// <summary>The pipeline does not know an incident any more.</summary>
    public void Lose(Incident incident)
    {
        if (IsOpen(incident))
            Take(incident with { Status = IncidentStatus.Expired, ResolvedAt = incident.UpdatedAt });
    }

    /// <summary>Something is to be told.</summary>
    public void Await(NotificationEvent next, DateTimeOffset now, DateTimeOffset notBefore)
    {
        if (Pending is null)
            NotBefore = notBefore;
        else if (notBefore < NotBefore && Attempts == 0)
            NotBefore = notBefore;
        if (Pending != next)
        {
            Start(null); // What was tried before was another delivery.
            PendingSince = now; // It has a deadline of its own. Attempts go on: the receiver fails all the same.
        }

        Pending = next;
    }

    /// <summary>Nothing is to be told any more.</summary>
    public void Settle()
    {
        (Pending, Attempts) = (null, 0);
        Start(null);
    }

    /// <summary>The receiver is taken to know how things are.</summary>
    /// <param name="what">Why it was to be told.</param>
    public void Know(NotificationEvent what)
    {
        ToldSeverity = Severity > ToldSeverity && what is not NotificationEvent.Updated ? Severity : ToldSeverity;
        IsToldOver = what.IsTurn() ? IsOver : IsToldOver;
        (IsToldAcknowledged, ToldCause, IsStale) = (IsAcknowledged, Cause, false);
    }

    /// <summary>
    /// Nobody knows whether the receiver was told something that is no longer so. It is taken to have been told, and is told next how
    /// things are now: that says more than the same again.
    /// </summary>
    public void Assume(NotificationEvent told, DateTimeOffset now)
    {
        Settle();
        (IsTold, IsToldOver, IsStale) = (true, !told.IsOpening(), true);
        (ToldAt, LoudAt, ToldSeverity, ToldCause) = (now, now, Severity, Cause);
        Occurrence += told is NotificationEvent.Reopened ? 1 : 0;
    }

    /// <summary>Another delivery comes next.</summary>
    public void Start(string? deliveryId) => (DeliveryId, IsUnderWay, IsInDoubt, Interruptions) = (deliveryId, false, false, 0);

    /// <summary>Another process had the thread before. Nobody knows what has become of the attempt that was under way.</summary>
    public void Inherit()
    {
        if (!IsUnderWay)
            return;
        Stop(isInDoubt: true);
        Interruptions++;
    }

    /// <summary>The attempt that was under way was given up.</summary>
    /// <param name="isInDoubt">Nobody knows whether it has arrived.</param>
    public void Stop(bool isInDoubt) => (IsUnderWay, IsInDoubt, IsStale) = (false, IsInDoubt || isInDoubt, true);

    /// <summary>Keeps a record. What was not sent for the same reason again only counts.</summary>
    public void Keep(NotificationRecord record, int maximum)
    {
        if (records is [.., var last] && record.Outcome != NotificationOutcome.Delivered
            && (last.Event, last.Outcome, last.Detail) == (record.Event, record.Outcome, record.Detail))
            records[^1] = record with { Repeats = last.Repeats + 1 };
        else
        {
            records.Add(record);
            if (record.Outcome is not (NotificationOutcome.Delivered or NotificationOutcome.Refused or NotificationOutcome.GivenUp))
                unreported.Add(record);
        }

        records.RemoveRange(0, Math.Max(0, records.Count - maximum));
    }
}
