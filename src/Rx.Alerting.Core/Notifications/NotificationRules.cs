using Rx.Alerting.Core.Incidents;
using static Rx.Alerting.Core.Notifications.NotificationEvent;

namespace Rx.Alerting.Core.Notifications;

/// <summary>What one channel tells next: what the receiver was told is compared with how things are.</summary>
/// <remarks>
/// So whatever was missed meanwhile, the newest state wins, and nothing is told twice: an incident that closed and re-opened while the
/// receiver was away has not changed for it.
/// </remarks>
internal sealed class NotificationRules(NotificationTarget target, NotificationOptions options)
{
    /// <summary>
    /// An incident that opened long ago is told if it is still open after this time. By then the stream is usually caught up with.
    /// </summary>
    private static readonly TimeSpan CatchingUp = TimeSpan.FromMinutes(2);

    private NotifierTraits Traits => target.Notifier.Traits;

    /// <summary>Decides what is to be told next, after something has changed.</summary>
    public void Decide(NotificationThread thread, DateTimeOffset now)
    {
        if (thread.IsUnderWay)
            return; // What becomes of the attempt has to be known first. Then it is decided again.
        if (!thread.IsTold)
            Begin(thread, now);
        else if (IsReminding(thread) && Next(thread, now) is null or Updated)
            return; // It may have arrived, and has a delivery id that is not to be forgotten. It tells what an update tells, too.
        else if (Next(thread, now) is not { } next)
            thread.Settle();
        else if (IsWanted(thread, next))
            thread.Await(next, now, IsLoud(thread, next) ? now : Later(now, thread.ToldAt + Traits.Gather));
        else
            Skip(thread, next, now);
    }

    /// <summary>When the thread has to be looked at. Null: when it changes.</summary>
    public DateTimeOffset? Due(NotificationThread thread) => thread.Pending is not null ? thread.NotBefore
        : thread is { IsTold: true, IsToldOver: false } ? Earlier(Reminder(thread), thread.ToldAt + Traits.Renewal)
        : thread.IsTold && thread.ToldAt < thread.OverAt + Traits.RenewalAfterEnd ? thread.ToldAt + Traits.Renewal
        : null;

    /// <summary>The time has come at which something told is to be told again.</summary>
    public void Renew(NotificationThread thread, DateTimeOffset now) => thread.Await(
        Reminder(thread) is { } time && time <= now ? NotificationEvent.Reminder : Updated, now, now);

    /// <summary>Whether people are to look now.</summary>
    public static bool IsLoud(NotificationThread thread, NotificationEvent what) => what switch
    {
        Opened or NotificationEvent.Reminder => true,
        SeverityRaised => !thread.IsAcknowledged && !thread.IsSilenced,
        Reopened or Closed or Expired => !thread.IsFlapping && !thread.IsSilenced,
        _ => false,
    };

    /// <summary>The receiver has been told.</summary>
    public void Told(NotificationThread thread, Notification told, DateTimeOffset now)
    {
        thread.Settle();
        thread.ToldSeverity = told.Event is Opened or Reopened || told.Severity > thread.ToldSeverity ? told.Severity : thread.ToldSeverity;
        thread.OverAt = told.IsOver && !thread.IsToldOver ? now : thread.OverAt;
        (thread.IsTold, thread.IsToldAcknowledged) = (true, told.IsAcknowledged);
        thread.IsToldOver = IsTurn(told.Event) ? told.IsOver : thread.IsToldOver;
        (thread.Occurrence, thread.ToldAt, thread.LoudAt) = (told.Occurrence, now, told.IsLoud ? now : thread.LoudAt);
        Decide(thread, now);
    }

    /// <summary>The receiver does not take it. It is taken to know it, so that later changes are told all the same.</summary>
    public static void GiveUp(NotificationThread thread, NotificationEvent what, DateTimeOffset now)
    {
        thread.Settle();
        if (thread.IsTold)
            Know(thread, what);
        else
            (thread.IsGivenUp, thread.ToldSeverity) = (true, thread.Severity);
        // The next reminder or renewal has its usual time, or a receiver that refuses would be asked without end.
        (thread.ToldAt, thread.LoudAt) = (now, what is NotificationEvent.Reminder ? now : thread.LoudAt);
    }

    /// <summary>The receiver was never told.</summary>
    private void Begin(NotificationThread thread, DateTimeOffset now)
    {
        if (thread.IsGivenUp && (thread.HasEnded || thread.Severity <= thread.ToldSeverity))
            return; // What becomes worse is tried again.
        thread.IsGivenUp = false;
        if (thread is { Pending: not null, IsInDoubt: true } && Traits.MirrorsState)
            return; // The receiver may take it for open, so it has to be told, whatever has become of it.
        var obstacle = thread.HasEnded ? Over(thread, now) : Obstacle(thread);
        if (obstacle is { } why)
        {
            thread.Settle();
            thread.Keep(new(now, Opened, why.Outcome, why.Detail), options.MaximumRecords);
        }
        else if (!thread.HasEnded)
        {
            thread.Await(Opened, now, IsOld(thread, now) ? now + CatchingUp : now);
        }
    }

    /// <summary>Why it is not told that something was there, and is over. Null: it will be told, or it was said why it is not.</summary>
    private (NotificationOutcome Outcome, string? Detail)? Over(NotificationThread thread, DateTimeOffset now)
    {
        if (thread.Pending is null && thread.Records.Count > 0)
            return null;
        if (IsOld(thread, now))
            return (NotificationOutcome.TooOld, null);
        return thread.Pending is not null && Traits.WantsOver ? null : (NotificationOutcome.OverBefore, null);
    }

    /// <summary>The receiver was told something.</summary>
    private NotificationEvent? Next(NotificationThread thread, DateTimeOffset now)
    {
        if (thread.IsOver)
        {
            return !thread.IsToldOver ? End(thread)
                : thread.IsStale ? Updated
                : null;
        }

        if (thread.IsToldOver)
        {
            if (Obstacle(thread) is not { } why)
                return Reopened;
            thread.Keep(new(now, Reopened, why.Outcome, why.Detail), options.MaximumRecords);
        }
        else if (thread.Severity > thread.ToldSeverity)
        {
            return SeverityRaised;
        }
        else if (thread.IsAcknowledged && !thread.IsToldAcknowledged)
        {
            return Acknowledged;
        }

        return thread.IsStale ? Updated : null;
    }

    private static NotificationEvent End(NotificationThread thread) =>
        !thread.HasEnded ? Folded
        : thread.Incidents.All(incident => incident.Status == IncidentStatus.Expired) ? Expired
        : Closed;

    /// <summary>Why nobody is told of what is open; null if there is an incident of which the channel tells.</summary>
    private (NotificationOutcome Outcome, string? Detail)? Obstacle(NotificationThread thread)
    {
        (NotificationOutcome, string?)? first = null;
        foreach (var incident in thread.Incidents.Where(incident => incident.Status == IncidentStatus.Open))
        {
            if (Obstacle(incident) is not { } obstacle)
                return null;
            first ??= obstacle;
        }

        return first;
    }

    /// <summary>Why nobody is told of an open incident; null if people are told.</summary>
    public (NotificationOutcome Outcome, string? Detail)? Obstacle(Incident incident) =>
        incident.Inhibited ? (NotificationOutcome.Inhibited, incident.ParentId)
        : !NotificationRoute.Leads(target.Routes, target.Name, incident) ? (NotificationOutcome.NoRoute, null)
        : incident.Severity < target.MinimumSeverity ? (NotificationOutcome.BelowSeverity, null)
        : incident.SilencedBy.Count > 0 ? (NotificationOutcome.Silenced, string.Join(", ", incident.SilencedBy))
        : incident.Acknowledgement is { } who ? (NotificationOutcome.Acknowledged, who.By)
        : null;

    private bool IsOld(NotificationThread thread, DateTimeOffset now) =>
        thread.Incidents.All(incident => now - incident.UpdatedAt > options.MaximumAge);

    /// <summary>Whether the channel tells it. What is not told loudly is for channels that keep a message or a state up to date.</summary>
    private bool IsWanted(NotificationThread thread, NotificationEvent next) => next switch
    {
        Updated => Traits.WantsUpdates,
        Acknowledged => Traits.WantsUpdates || Traits.WantsAcknowledgements,
        SeverityRaised => IsLoud(thread, next) || Traits.WantsUpdates,
        _ => IsLoud(thread, next) || Traits.WantsUpdates || Traits.MirrorsState,
    };

    /// <summary>The receiver is taken to know it.</summary>
    private void Skip(NotificationThread thread, NotificationEvent next, DateTimeOffset now)
    {
        thread.Settle();
        Know(thread, next);
        if (next is Updated)
            return;
        var why = next is Acknowledged ? NotificationOutcome.NotWanted
            : thread.IsSilenced ? NotificationOutcome.Silenced
            : thread.IsAcknowledged ? NotificationOutcome.Acknowledged
            : NotificationOutcome.NotWanted;
        thread.Keep(new(now, next, why), options.MaximumRecords);
    }

    private static void Know(NotificationThread thread, NotificationEvent what)
    {
        thread.ToldSeverity = thread.Severity > thread.ToldSeverity ? thread.Severity : thread.ToldSeverity;
        thread.IsToldOver = IsTurn(what) ? thread.IsOver : thread.IsToldOver;
        (thread.IsToldAcknowledged, thread.IsStale) = (thread.IsAcknowledged, false);
    }

    /// <summary>Whether the receiver takes it for over, or for open, from then on.</summary>
    private static bool IsTurn(NotificationEvent what) => what is Opened or Reopened or Closed or Expired or Folded;

    /// <summary>Whether an attempt to remind people has failed or was interrupted, and they are still to be reminded.</summary>
    private bool IsReminding(NotificationThread thread) => thread.Pending is NotificationEvent.Reminder && Reminder(thread) is not null;

    private DateTimeOffset? Reminder(NotificationThread thread) =>
        thread.IsAcknowledged || thread.IsSilenced || thread.IsOver ? null : thread.LoudAt + target.Reminder;

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one < other || other is null ? one : other;
}
