using Rx.Alerting.Core.Incidents;
using static Rx.Alerting.Core.Notifications.NotificationEvent;

namespace Rx.Alerting.Core.Notifications;

/// <content>What follows from attempts.</content>
internal sealed partial class NotificationRules
{
    /// <summary>The receiver has been told.</summary>
    public void Told(NotificationThread thread, Notification told, DateTimeOffset now)
    {
        thread.Settle();
        // An update beneath a silence may show a severity of which people are still to be told.
        var isRaised = told.Event is not Updated && told.Severity > thread.ToldSeverity;
        thread.ToldSeverity = told.Event.IsOpening() || isRaised ? told.Severity : thread.ToldSeverity;
        thread.OverAt = told.IsOver && !thread.IsToldOver ? now : thread.OverAt;
        (thread.IsTold, thread.IsToldAcknowledged) = (true, told.IsAcknowledged);
        thread.ToldCause = IncidentWords.Cause(told.Incident);
        thread.IsToldOver = told.Event.IsTurn() ? told.IsOver : thread.IsToldOver;
        (thread.Occurrence, thread.ToldAt, thread.LoudAt) = (told.Occurrence, now, told.IsLoud ? now : thread.LoudAt);
        Decide(thread, now);
    }

    /// <summary>The receiver does not take it. It is taken to know it, so that later changes are told all the same.</summary>
    public static void GiveUp(NotificationThread thread, NotificationEvent what, DateTimeOffset now)
    {
        var mayKnow = thread.IsTold || thread.IsInDoubt;
        thread.Settle();
        thread.Occurrence += what is Reopened ? 1 : 0; // The next re-opening is another one.
        if (mayKnow)
            thread.Know(what);
        else
            (thread.IsGivenUp, thread.ToldSeverity) = (true, thread.Severity);
        thread.IsTold = mayKnow;
        // The next reminder or renewal has its usual time, or a receiver that refuses would be asked without end.
        (thread.ToldAt, thread.LoudAt) = (now, what is NotificationEvent.Reminder ? now : thread.LoudAt);
    }

    /// <summary>
    /// The channel begins. Perhaps whoever has started the service has mended why the receiver has refused something. So that is tried
    /// again, unless it has ended long ago.
    /// </summary>
    public void Resume(NotificationThread thread, DateTimeOffset now)
    {
        var isRefused = thread is { Pending: null, Records: [.., { Outcome: NotificationOutcome.Refused }] };
        if (isRefused && !(thread.HasEnded && Obstacles.IsOld(thread, now)))
            Retry(thread, now);
        else
            Decide(thread, now);
    }

    /// <summary>
    /// Somebody asks for another attempt: what was given up is told if it still holds, and what waits for its turn is tried now.
    /// </summary>
    /// <returns>Whether there is something to tell.</returns>
    public bool Retry(NotificationThread thread, DateTimeOffset now)
    {
        if (thread.Pending is not null)
        {
            thread.NotBefore = thread.Attempts > 0 ? now : thread.NotBefore;
            return thread.Attempts > 0;
        }

        if (thread.Records is not [.., { Outcome: NotificationOutcome.Refused or NotificationOutcome.GivenUp, Event: var what }])
            return false;
        (thread.IsGivenUp, thread.IsStale) = (false, true);
        thread.IsTold &= what is not Opened;
        thread.IsToldOver = what is Reopened || (thread.IsToldOver && !what.IsTurn());
        thread.Occurrence = Math.Max(0, thread.Occurrence - (what is Reopened ? 1 : 0));
        thread.ToldSeverity = what is SeverityRaised ? default : thread.ToldSeverity;
        if (!thread.IsTold && thread.HasEnded && Traits.WantsOver && !Obstacles.IsOld(thread, now))
            thread.Await(Opened, now, now);
        else
            Decide(thread, now);
        return thread.Pending is not null;
    }
}
