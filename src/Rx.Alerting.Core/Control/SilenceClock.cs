using System.Reactive.Concurrency;
using System.Reactive.Disposables;
using Rx.Alerting.Core.EventTime;
using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Core.Control;

/// <summary>Begins and ends silences by event time, and tells their open incidents.</summary>
/// <remarks>
/// There is one timer, for whichever silence changes next. Whatever reaches the control stage at a time comes after the silences that
/// change at that time. So it leaves no trace in which order timers were set, as a restore does in another order.
/// </remarks>
internal sealed class SilenceClock(ControlState state, EventTimeScheduler scheduler, IncidentTeller teller) : IDisposable
{
    private readonly SerialDisposable timer = new();

    /// <summary>Sets the timer.</summary>
    public void Watch() => timer.Disposable = state.Silences.NextAt is { } next
        ? scheduler.ScheduleAbsolute(next, RunDue)
        : Disposable.Empty;

    /// <summary>Changes every silence whose time has come.</summary>
    public void RunDue()
    {
        if (!state.Silences.TryNext(scheduler.Clock, out var silence, out var at))
            return;
        do
            Advance(silence, at);
        while (state.Silences.TryNext(scheduler.Clock, out silence, out at));
        Watch();
    }

    /// <summary>A new silence. It may begin at once.</summary>
    public void Add(Silence silence, long now)
    {
        state.Silences.Add(silence);
        if (silence.StartsAt <= now)
            Begin(silence, now);
        Watch();
    }

    /// <summary>A person ends a silence, or calls it off. Before the first view, the time is the earliest one.</summary>
    public void Remove(Silence silence, long now, string by, string? note)
    {
        state.Silences.Remove(silence, now == long.MinValue ? null : now, by, note);
        Leave(silence, now, by, note);
        Watch();
    }

    public void Dispose() => timer.Dispose();

    private void Advance(Silence silence, long at)
    {
        if (!silence.IsActive)
            Begin(silence, at);
        else if (at < silence.EndsAt)
            Warn(silence, at);
        else
            End(silence, at);
    }

    private void Begin(Silence silence, long at)
    {
        state.Silences.Change(silence, begun => begun.Phase = SilencePhase.Active);
        foreach (var tracked in state.Incidents.OpenMatching(silence.Matcher))
        {
            tracked.PutBeneath([.. tracked.Silences, silence]);
            teller.Update(tracked, at, IncidentReason.Silenced, silence.By, silence.Comment);
        }
    }

    private void Warn(Silence silence, long at)
    {
        state.Silences.Change(silence, warned => warned.Phase = SilencePhase.Ending);
        if (silence.GoesOn)
            return;
        foreach (var tracked in TrackedIncidents.InOrder(silence.Incidents))
        {
            if (!tracked.Silences.Any(other => other != silence && (other.EndsAt > silence.EndsAt || other.GoesOn)))
                teller.Update(tracked, at, IncidentReason.SilenceEndsSoon);
        }
    }

    private void End(Silence silence, long at)
    {
        var (goesOn, recurs) = (silence.GoesOn, false);
        state.Silences.Change(silence, ended =>
        {
            recurs = ended.TryRecur();
            ended.Phase = goesOn ? SilencePhase.Active : SilencePhase.Waiting;
        });
        if (goesOn)
            return;
        if (!recurs)
            state.Silences.Remove(silence, at);
        Leave(silence, at);
    }

    private void Leave(Silence silence, long at, string? by = null, string? note = null)
    {
        foreach (var tracked in TrackedIncidents.InOrder(silence.Incidents))
        {
            tracked.PutBeneath(tracked.Silences.Where(other => other != silence));
            teller.Update(tracked, at, IncidentReason.SilenceEnded, by, note);
        }
    }
}
