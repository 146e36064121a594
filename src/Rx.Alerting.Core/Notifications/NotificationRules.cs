using Rx.Alerting.Core.Incidents;
using static Rx.Alerting.Core.Notifications.NotificationEvent;

namespace Rx.Alerting.Core.Notifications;

/// <summary>What one channel tells next: what the receiver was told is compared with how things are.</summary>
/// <remarks>
/// So whatever was missed meanwhile, the newest state wins, and nothing is told twice: an incident that closed and re-opened while the
/// receiver was away has not changed for it.
/// </remarks>
internal sealed partial class NotificationRules(NotificationTarget target, NotificationOptions options)
{
    /// <summary>
    /// An incident that opened long ago is told if it is still open after this time. By then the stream is usually caught up with.
    /// </summary>
    private static readonly TimeSpan CatchingUp = TimeSpan.FromMinutes(2);

    /// <summary>Why nobody is told.</summary>
    public NotificationObstacles Obstacles { get; } = new(target, options);

    private NotifierTraits Traits => target.Notifier.Traits;

    /// <summary>Whether the receiver has a state, which can be told again without harm.</summary>
    private bool IsMirror => Traits is { MirrorsState: true, IsIdempotent: true };

    /// <summary>Decides what is to be told next, after something has changed.</summary>
    public void Decide(NotificationThread thread, DateTimeOffset now)
    {
        thread.Above = Obstacles.Above(thread);
        if (thread.IsUnderWay)
            return; // What becomes of the attempt has to be known first. Then it is decided again.
        if (thread is { IsInDoubt: true, Pending: { } doubted } && IsNoLongerSo(thread, doubted))
        {
            const string why = "nobody knows whether it has arrived, and it is no longer so";
            thread.Keep(new(now, doubted, NotificationOutcome.GivenUp, why, thread.Attempts), options.MaximumRecords);
            thread.Assume(doubted, now);
        }

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

    /// <summary>Whether people are to look at what is told next.</summary>
    public bool IsLoudNext(NotificationThread thread, DateTimeOffset now) =>
        thread.Pending is { } next ? IsLoud(thread, next) : Reminder(thread) <= now;

    /// <summary>The time has come at which something told is to be told again.</summary>
    public void Renew(NotificationThread thread, DateTimeOffset now) => thread.Await(
        Reminder(thread) is { } time && time <= now ? NotificationEvent.Reminder : Updated, now, now);

    /// <summary>Whether people are to look now.</summary>
    public static bool IsLoud(NotificationThread thread, NotificationEvent what) => what switch
    {
        Opened or NotificationEvent.Reminder => true,
        SeverityRaised => !thread.IsAcknowledged && !thread.IsSilenced,
        Reopened or Closed or Expired => !thread.IsFlapping && !thread.IsSilenced,
        CauseFound => !thread.IsSilenced,
        _ => false,
    };

    /// <summary>
    /// Whether the receiver may have been told what has turned since. What brings its message or state up to date is not in question.
    /// </summary>
    private bool IsNoLongerSo(NotificationThread thread, NotificationEvent doubted) => doubted switch
    {
        Opened => !Traits.IsIdempotent && (thread.IsOver || Obstacles.Of(thread) is not null),
        Closed or Expired or Folded => !IsMirror && !thread.IsOver,
        Reopened => !IsMirror && thread.IsOver,
        _ => false,
    };

    /// <summary>The receiver was never told.</summary>
    private void Begin(NotificationThread thread, DateTimeOffset now)
    {
        if (thread.IsGivenUp && (thread.HasEnded || thread.Severity <= thread.ToldSeverity))
            return; // What becomes worse is tried again.
        thread.IsGivenUp = false;
        if (thread is { Pending: not null, IsInDoubt: true } && Traits.IsIdempotent)
            return; // The receiver may take it for open, so it has to be told, whatever has become of it.
        var obstacle = thread.HasEnded ? Obstacles.Over(thread, now) : Obstacles.Of(thread);
        if (obstacle is { } why)
        {
            thread.Settle();
            thread.Keep(new(now, Opened, why.Outcome, why.Detail), options.MaximumRecords);
        }
        else if (!thread.HasEnded)
        {
            thread.Await(Opened, now, Obstacles.IsOld(thread, now) ? now + CatchingUp : now);
        }
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
            if (Obstacles.Of(thread) is not { } why)
                return Reopened;
            thread.Keep(new(now, Reopened, why.Outcome, why.Detail), options.MaximumRecords);
        }
        else if (thread.Severity > thread.ToldSeverity)
        {
            if (!thread.IsSilenced)
                return SeverityRaised; // Else when the silence is over.
            thread.Keep(new(now, SeverityRaised, NotificationOutcome.Silenced), options.MaximumRecords);
        }
        else if (thread.IsAcknowledged && !thread.IsToldAcknowledged)
        {
            return Acknowledged;
        }
        else if (thread.Cause is { } cause && cause != thread.ToldCause)
        {
            return CauseFound;
        }

        return thread.IsStale ? Updated : null;
    }

    private static NotificationEvent End(NotificationThread thread) =>
        !thread.HasEnded ? Folded
        : thread.Incidents.All(incident => incident.Status == IncidentStatus.Expired) ? Expired
        : Closed;

    /// <summary>Whether the channel tells it. What is not told loudly is for channels that keep a message or a state up to date.</summary>
    private bool IsWanted(NotificationThread thread, NotificationEvent next) => next switch
    {
        Updated => Traits.WantsUpdates || thread.Pending is Updated
            || (thread is { IsInDoubt: true, Pending: { } doubted } && doubted.IsTurn() && IsMirror),
        Acknowledged => Traits.WantsUpdates || Traits.WantsAcknowledgements,
        SeverityRaised => IsLoud(thread, next) || Traits.WantsUpdates,
        _ => IsLoud(thread, next) || Traits.WantsUpdates || Traits.MirrorsState,
    };

    /// <summary>The receiver is taken to know it.</summary>
    private void Skip(NotificationThread thread, NotificationEvent next, DateTimeOffset now)
    {
        thread.Settle();
        thread.Know(next);
        if (next is Updated)
            return;
        var why = next is Acknowledged ? NotificationOutcome.NotWanted
            : thread.IsSilenced ? NotificationOutcome.Silenced
            : thread.IsAcknowledged ? NotificationOutcome.Acknowledged
            : NotificationOutcome.NotWanted;
        thread.Keep(new(now, next, why), options.MaximumRecords);
    }

    /// <summary>Whether an attempt to remind people has failed or was interrupted, and they are still to be reminded.</summary>
    private bool IsReminding(NotificationThread thread) => thread.Pending is NotificationEvent.Reminder && Reminder(thread) is not null;

    private DateTimeOffset? Reminder(NotificationThread thread) =>
        thread.IsAcknowledged || thread.IsSilenced || thread.IsOver ? null : thread.LoudAt + target.Reminder;

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one < other || other is null ? one : other;
}
