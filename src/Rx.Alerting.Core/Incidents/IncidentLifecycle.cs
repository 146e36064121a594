using System.Reactive.Concurrency;
using System.Text;
using Rx.Alerting.Core.Baselines;
using Rx.Alerting.Core.Detection;
using Rx.Alerting.Core.EventTime;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Core.Windows;

namespace Rx.Alerting.Core.Incidents;

/// <summary>From anomaly to incident, and to its end.</summary>
/// <remarks>
/// While an incident is open it holds its series: nothing of it becomes normal. It closes after some evaluations in a row
/// in which the latest views are calm: their upper tail is above <see cref="IncidentOptions.ClosingProbability"/>. Those
/// views are at least as many as those that opened it, so that a slow leak, which only a large window shows, is not
/// closed by a small one. Whatever ends it, the series' window starts anew.
/// </remarks>
internal sealed class IncidentLifecycle(
    IncidentState state, Judge judge, EventTimeScheduler scheduler, PipelineOptions options, IObserver<IncidentChange> observer)
{
    private readonly IncidentOptions rules = options.Incidents;
    private readonly int largest = options.Windows.MinimumViews;
    private readonly long silence = (long)options.Incidents.ExpireAfterSilence.TotalMilliseconds;
    private readonly long updateInterval = (long)options.Incidents.UpdateInterval.TotalMilliseconds;

    /// <summary>Sets the timers of the incidents that are open already, as after a restore.</summary>
    public void Resume()
    {
        foreach (var incident in state.All)
            WatchForSilence(incident);
    }

    public void On(Verdict verdict)
    {
        if (verdict.Series.Held)
            Follow(state[verdict.Series], verdict.Observation);
        else
            Open(verdict);
    }

    /// <summary>The stream has ended: tells what has not been told of the incidents that stay open.</summary>
    public void Complete()
    {
        foreach (var incident in state.All.Where(incident => incident.AffectedViews > incident.ToldAffectedViews))
            Tell(IncidentTransition.Updated, incident, scheduler.Clock + 1);
        observer.OnCompleted();
    }

    private void Open(in Verdict verdict)
    {
        var (observation, _, window, expected) = verdict;
        var perHour = OpenIncident.PerHour(window.Errors, observation.At - window.StartedAt);
        if (perHour < rules.MinimumAffectedViewsPerHour)
            return;

        var position = observation.Key.Position;
        var incident = new OpenIncident(observation.Series)
        {
            StartedAt = observation.At,
            WindowStartedAt = window.StartedAt,
            OpenedPosition = position,
            OpeningViews = window.Views,
            Threshold = judge.Threshold(window.Views, expected),
            ErrorDescription = Encoding.UTF8.GetString(observation.Series.Type),
            AffectedViews = window.Errors,
            AffectedViewsPerHourOnOpen = perHour,
            EvaluatedPosition = position,
        };
        Witness(incident, observation);
        incident.Severity = Severity(incident, observation.At);
        state.Add(incident);
        WatchForSilence(incident);
        Tell(IncidentTransition.Opened, incident, observation.At);
    }

    private void Follow(OpenIncident incident, in Observation observation)
    {
        state.Changed(incident);
        incident.AffectedViews += observation.Series.PaneErrors;
        Witness(incident, observation);
        if (IsOver(incident))
            End(IncidentTransition.Closed, incident, observation.At);
        else if (observation.Key.Position - incident.OpenedPosition >= AcceptAfter(incident))
            Accept(incident, observation.At);
        else
            Update(incident, observation.At);
    }

    private void Update(OpenIncident incident, long now)
    {
        var severity = Severity(incident, now);
        var worse = severity > incident.Severity;
        if (worse)
            incident.Severity = severity;
        if (worse || (now - incident.ToldAt >= updateInterval && incident.AffectedViews > incident.ToldAffectedViews))
            Tell(IncidentTransition.Updated, incident, now);
    }

    private bool IsOver(OpenIncident incident)
    {
        var (views, step, evaluations) = incident.IsTitle
            ? (rules.TitleClosingViews, 1, rules.TitleClosingEvaluations)
            : (rules.ClosingViews, rules.ClosingStep, rules.ClosingEvaluations);
        var series = incident.Series;
        if (series.Key.Position - incident.EvaluatedPosition < step)
            return false;

        incident.EvaluatedPosition = series.Key.Position;
        var latest = series.Latest(Math.Max(views, incident.OpeningViews));
        var calm = BetaBinomial.UpperTail(latest.Errors, latest.Views, judge.Expected(series)) > rules.ClosingProbability;
        incident.CalmEvaluations = calm ? incident.CalmEvaluations + 1 : 0;
        return incident.CalmEvaluations >= evaluations;
    }

    private void Accept(OpenIncident incident, long now)
    {
        incident.Series.Accept(incident.Series.Latest(largest), now);
        End(IncidentTransition.Closed, incident, now, acceptedAsNormal: true);
    }

    private void End(IncidentTransition transition, OpenIncident incident, long now, bool acceptedAsNormal = false)
    {
        Tell(transition, incident, now, acceptedAsNormal);
        state.Remove(incident, now);
    }

    private void Tell(IncidentTransition transition, OpenIncident incident, long now, bool acceptedAsNormal = false)
    {
        state.Changed(incident);
        var shown = incident.Shown(largest);
        incident.Timeline.Add(now, shown, rules.TimelinePoints);
        (incident.ToldAt, incident.ToldAffectedViews) = (now, incident.AffectedViews);
        var status = transition switch
        {
            IncidentTransition.Closed => IncidentStatus.Closed,
            IncidentTransition.Expired => IncidentStatus.Expired,
            _ => IncidentStatus.Open,
        };
        observer.OnNext(new IncidentChange(transition, IncidentSnapshot.Of(incident, status, now, shown, acceptedAsNormal)));
    }

    private IncidentSeverity Severity(OpenIncident incident, long now) =>
        incident.AffectedViews >= rules.AlertAffectedViews && incident.AffectedViewsPerHour(now) >= rules.AlertAffectedViewsPerHour
            ? IncidentSeverity.Alert
            : IncidentSeverity.Warning;

    private long AcceptAfter(OpenIncident incident) =>
        incident.IsTitle ? options.Baseline.TitleAcceptAfterViews : options.Baseline.AcceptAfterViews;

    /// <summary>Keeps what the latest affected view said.</summary>
    private static void Witness(OpenIncident incident, in Observation observation)
    {
        if (observation.Series.PaneErrors == 0)
            return;
        ref readonly var error = ref observation.Pane.Error(observation.Series.PaneError);
        if (error.Message.Length > 0)
            incident.ErrorDescription = Encoding.UTF8.GetString(observation.Pane.Text(error.Message.Range));
        if (incident.IsTitle && error.VideoTitle.Length > 0)
            incident.VideoTitle = Encoding.UTF8.GetString(observation.Pane.Text(error.VideoTitle.Range));
    }

    /// <summary>
    /// The timer expires all that are due, in the order in which they opened: so the order in which timers were
    /// set, which a restore does not keep, leaves no trace.
    /// </summary>
    private void WatchForSilence(OpenIncident incident)
    {
        scheduler.ScheduleAbsolute(incident.Series.Key.LastSeen + silence, () =>
        {
            ExpireSilent();
            if (state.IsOpen(incident))
                WatchForSilence(incident);
        });
    }

    private void ExpireSilent()
    {
        var now = scheduler.Clock;
        foreach (var incident in state.All.Where(incident => incident.Series.Key.LastSeen + silence <= now).ToList())
            End(IncidentTransition.Expired, incident, now);
    }
}
