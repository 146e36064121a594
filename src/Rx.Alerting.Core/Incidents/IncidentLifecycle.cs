using System.Reactive.Concurrency;
using System.Text;
using Rx.Alerting.Core.Baselines;
using Rx.Alerting.Core.Detection;
using Rx.Alerting.Core.EventTime;
using Rx.Alerting.Core.Windows;

namespace Rx.Alerting.Core.Incidents;

/// <summary>From anomaly to incident, and to its end.</summary>
/// <remarks>
/// <list type="bullet">
/// <item>While an incident is open it holds its series: the baseline learns nothing.</item>
/// <item>An incident closes after some evaluations in a row in which the latest views are calm: their upper tail is above
/// <see cref="IncidentOptions.ClosingProbability"/>. Closing looks at least at as many views as opening did: a slow leak, which only a
/// large window shows, is not closed by a small one.</item>
/// <item>However an incident ends, the window of its series starts anew.</item>
/// </list>
/// </remarks>
internal sealed class IncidentLifecycle(
    IncidentState state,
    Judge judge,
    EventTimeScheduler scheduler,
    IncidentOptions rules,
    BaselineOptions baseline,
    IObserver<IncidentDecision> observer)
{
    private readonly long silence = (long)rules.ExpireAfterSilence.TotalMilliseconds;
    private readonly long updateInterval = (long)rules.UpdateInterval.TotalMilliseconds;

    /// <summary>Sets the timers of the incidents that are open already, as after a restore.</summary>
    public void Resume()
    {
        foreach (var incident in state.All)
            WatchForSilence(incident);
    }

    public void On(Verdict verdict)
    {
        if (verdict.Observation.IsHeld)
            Follow(state[verdict.Observation.Series], verdict.Observation);
        else
            Open(verdict);
    }

    /// <summary>A person closes an open incident, between two batches. Its series starts anew.</summary>
    public void CloseByHand(string incidentId)
    {
        if (state.All.FirstOrDefault(open => IncidentSnapshot.IdOf(open) == incidentId) is not { } incident)
            return;
        var now = Math.Max(scheduler.Clock + 1, incident.ToldAt);
        End(IncidentTransition.Closed, incident, state.Observe(incident), now, byHand: true);
    }

    /// <summary>The stream has ended: tells what has not been told of the incidents that stay open.</summary>
    public void Complete()
    {
        foreach (var incident in state.All.Where(incident => incident.AffectedViews > incident.ToldAffectedViews))
        {
            // The clock stands at the last millisecond of the last pane; times of incidents are ends of panes.
            Tell(IncidentTransition.Updated, incident, state.Observe(incident), scheduler.Clock + 1);
        }

        observer.OnCompleted();
    }

    private void Open(in Verdict verdict)
    {
        var (observation, _, window) = verdict;
        var perHour = OpenIncident.PerHour(window.Errors, observation.At - window.StartedAt);
        if (perHour < rules.MinimumAffectedViewsPerHour)
            return;

        var incident = new OpenIncident(observation.Series)
        {
            StartedAt = observation.At,
            WindowStartedAt = window.StartedAt,
            OpenedPosition = observation.Position,
            OpeningViews = window.Views,
            Threshold = judge.Threshold(window.Views, observation.Expected),
            ErrorDescription = Encoding.UTF8.GetString(observation.Series.ErrorType),
            AffectedViews = window.Errors,
            AffectedViewsPerHourOnOpen = perHour,
            EvaluatedPosition = observation.Position,
        };
        incident.See(observation);
        incident.Severity = Severity(incident, observation.At);
        state.Add(incident);
        WatchForSilence(incident);
        Tell(IncidentTransition.Opened, incident, observation, observation.At, FeedbackKind.Hold);
    }

    private void Follow(OpenIncident incident, in Observation observation)
    {
        state.Changed(incident);
        incident.AffectedViews += observation.PaneErrors;
        incident.See(observation);
        if (IsOver(incident, observation))
            End(IncidentTransition.Closed, incident, observation, observation.At);
        else if (observation.Position - incident.OpenedPosition >= AcceptAfter(incident))
            End(IncidentTransition.Closed, incident, observation, observation.At, FeedbackKind.Accept);
        else
            Update(incident, observation);
    }

    private void Update(OpenIncident incident, in Observation observation)
    {
        var now = observation.At;
        var severity = Severity(incident, now);
        var worse = severity > incident.Severity;
        if (worse)
            incident.Severity = severity;
        if (worse || (now - incident.ToldAt >= updateInterval && incident.AffectedViews > incident.ToldAffectedViews))
            Tell(IncidentTransition.Updated, incident, observation, now);
    }

    private bool IsOver(OpenIncident incident, in Observation observation)
    {
        var (views, step, evaluations) = observation.IsTitle
            ? (rules.TitleClosingViews, 1, rules.TitleClosingEvaluations)
            : (rules.ClosingViews, rules.ClosingStep, rules.ClosingEvaluations);
        if (observation.Position - incident.EvaluatedPosition < step)
            return false;

        incident.EvaluatedPosition = observation.Position;
        var latest = observation.Window.Latest(Math.Max(views, incident.OpeningViews));
        var calm = BetaBinomial.UpperTail(latest.Errors, latest.Views, observation.Expected) > rules.ClosingProbability;
        incident.CalmEvaluations = calm ? incident.CalmEvaluations + 1 : 0;
        return incident.CalmEvaluations >= evaluations;
    }

    private void End(
        IncidentTransition transition,
        OpenIncident incident,
        in Observation observation,
        long now,
        FeedbackKind feedback = FeedbackKind.Restart,
        bool byHand = false)
    {
        Tell(transition, incident, observation, now, feedback, byHand);
        state.Remove(incident);
    }

    private void Tell(
        IncidentTransition transition,
        OpenIncident incident,
        in Observation observation,
        long now,
        FeedbackKind feedback = FeedbackKind.None,
        bool byHand = false)
    {
        var shown = incident.Shown(observation);
        incident.Tell(now, shown, rules.TimelinePoints);
        state.Changed(incident);
        var status = transition switch
        {
            IncidentTransition.Closed => IncidentStatus.Closed,
            IncidentTransition.Expired => IncidentStatus.Expired,
            IncidentTransition.Opened or IncidentTransition.Updated => IncidentStatus.Open,
            _ => throw new ArgumentOutOfRangeException(nameof(transition), transition, "has no status"),
        };
        var accepted = feedback == FeedbackKind.Accept;
        IncidentReason? reason = accepted ? IncidentReason.AcceptedAsNormal : byHand ? IncidentReason.ClosedByHand : null;
        var told = IncidentSnapshot.Of(incident, status, now, shown, reason, null);
        var level = accepted ? observation.Window.Largest : default;
        observer.OnNext(new(new(transition, told), new(incident.Series, feedback, now, level)));
    }

    private IncidentSeverity Severity(OpenIncident incident, long now) =>
        incident.AffectedViews >= rules.AlertAffectedViews && incident.AffectedViewsPerHour(now) >= rules.AlertAffectedViewsPerHour
            ? IncidentSeverity.Alert
            : IncidentSeverity.Warning;

    private long AcceptAfter(OpenIncident incident) =>
        incident.Series.IsTitle ? baseline.TitleAcceptAfterViews : baseline.AcceptAfterViews;

    /// <summary>
    /// Whichever timer fires, all incidents that are due expire, in the order in which they opened. A restore sets timers in another order,
    /// which must leave no trace.
    /// </summary>
    private void WatchForSilence(OpenIncident incident)
    {
        scheduler.ScheduleAbsolute(incident.LastSeen + silence, () =>
        {
            ExpireSilent();
            if (state.IsOpen(incident))
                WatchForSilence(incident);
        });
    }

    private void ExpireSilent()
    {
        var now = scheduler.Clock;
        foreach (var incident in state.All.Where(incident => incident.LastSeen + silence <= now).ToList())
            End(IncidentTransition.Expired, incident, state.Observe(incident), now);
    }
}
