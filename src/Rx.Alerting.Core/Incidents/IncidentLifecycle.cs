using System.Reactive.Concurrency;
using System.Text;
using Rx.Alerting.Core.Baselines;
using Rx.Alerting.Core.Detection;
using Rx.Alerting.Core.EventTime;
using Rx.Alerting.Core.Explanations;
using Rx.Alerting.Core.Windows;

namespace Rx.Alerting.Core.Incidents;

/// <summary>From anomaly to incident, and to its end.</summary>
/// <remarks>
/// <list type="bullet">
/// <item>While an incident is open it holds its series: the baseline learns nothing.</item>
/// <item>Titles come before their property. An anomaly of a title waits until the property has been judged: one of both is told.</item>
/// <item>An incident closes after some evaluations in a row in which the latest views are calm, or when it was calm for some time
/// (<see cref="ClosingRules"/>). Closing looks at least at as many views as opening did: a slow leak, which only a large window shows, is
/// not closed by a small one.</item>
/// <item>However an incident ends, the window of its series starts anew.</item>
/// </list>
/// </remarks>
internal sealed class IncidentLifecycle
{
    private const long Together = 3_600_000;

    private readonly IncidentState state;
    private readonly Judge judge;
    private readonly EventTimeScheduler scheduler;
    private readonly IncidentOptions rules;
    private readonly ClosingRules closing;
    private readonly Severities severities;
    private readonly IncidentDecisions decisions;
    private readonly IncidentEnds ends;
    private readonly PlatformRules platform;
    private readonly IncidentExplainer explainer;
    private readonly List<Verdict> waiting = [];
    private readonly Action complete;
    private bool isScheduled;

    public IncidentLifecycle(
        IncidentState state,
        Judge judge,
        EventTimeScheduler scheduler,
        IncidentOptions rules,
        BaselineOptions baseline,
        FacetState facets,
        IObserver<IncidentDecision> observer)
    {
        (this.state, this.judge, this.scheduler, this.rules) = (state, judge, scheduler, rules);
        var rates = new ShownRates(rules, state);
        closing = new ClosingRules(rules, baseline, rates, state);
        severities = new Severities(rules);
        decisions = new IncidentDecisions(state, rates, severities, rules, observer);
        platform = new PlatformRules(state, rules, closing, severities, decisions);
        explainer = new IncidentExplainer(facets, state);
        ends = new IncidentEnds(state, rates, closing, decisions, platform);
        complete = observer.OnCompleted;
    }

    /// <summary>Sets the timer if incidents are open already, as after a restore.</summary>
    public void Resume() => Schedule();

    public void On(Verdict verdict)
    {
        var observation = verdict.Observation;
        if (observation.IsHeld)
            Follow(state[observation.Series], observation);
        else if (observation.IsTitle)
            waiting.Add(verdict);
        if (!observation.IsTitle)
            Decide(verdict);
    }

    /// <summary>
    /// A person closes an open incident, between two batches. Its series starts anew. The platform's closes with its parts.
    /// </summary>
    public void CloseByHand(string id)
    {
        foreach (var incident in state.All.Where(open => IncidentSnapshot.IdOf(open) == id).Concat(platform.PartsOf(id)).ToList())
        {
            var now = Math.Max(scheduler.Clock + 1, incident.ToldAt);
            ends.End(IncidentTransition.Closed, IncidentReason.ClosedByHand, incident, state.Observe(incident), now);
        }
    }

    /// <summary>The stream has ended: tells what has not been told of the incidents that stay open.</summary>
    public void Complete()
    {
        // The clock stands at the last millisecond of the last pane; times of incidents are ends of panes.
        foreach (var incident in state.All.Where(incident => incident.AffectedViews > incident.ToldAffectedViews))
            decisions.Update(IncidentReason.StreamEnded, incident, state.Observe(incident), scheduler.Clock + 1);
        complete();
    }

    /// <summary>A property has been observed behind its titles: it opens, or those of its titles that are anomalies.</summary>
    private void Decide(in Verdict property)
    {
        var series = property.Observation.Series;
        List<Verdict> titles = [.. waiting.Where(title => title.Observation.Series.OfProperty == series)];
        waiting.RemoveAll(title => title.Observation.Series.OfProperty == series);
        if (property.Observation.IsHeld && !state.IsOpen(series))
            return; // It has just ended, and has counted the titles' views.
        var isAnomaly = property.Kind == VerdictKind.Anomaly;
        var several = isAnomaly && BreakTogether(property.Observation, titles.Count);
        if (isAnomaly && (several || !judge.IsExplained(property, titles)) && Open(property, isOfSeveral: several))
            return;
        foreach (var title in titles)
            Open(title);
        if (isAnomaly && state.TitlesOf(series) is [var only] && Judge.IsAll(state.Observe(only), property.Observation))
            Open(property, isOfTitle: true, isOfSeveral: true);
    }

    /// <summary>Whether several titles of a property break together: those that wait, and those that have opened within an hour.</summary>
    private bool BreakTogether(in Observation property, int waitingTitles)
    {
        var since = property.At - Together;
        return waitingTitles + state.TitlesOf(property.Series).Count(title => title.OpenedAt > since) >= rules.SeveralTitles;
    }

    private bool Open(in Verdict verdict, bool isOfTitle = false, bool isOfSeveral = false)
    {
        var (observation, _, window, expected) = verdict;
        var now = observation.At;
        var perHour = OpenIncident.PerHour(window.Errors, now - window.StartedAt);
        if (perHour < rules.MinimumAffectedViewsPerHour)
            return false;

        var past = state.Past.Take(IncidentSnapshot.KeyOf(observation.Series), now);
        var incident = new OpenIncident(observation.Series, closing.Slot)
        {
            StartedAt = past?.StartedAt ?? now,
            WindowStartedAt = past?.WindowStartedAt ?? window.StartedAt,
            Reopenings = past is null ? 0 : past.Reopenings + 1,
            OpenedAt = now,
            OpeningTime = now - window.StartedAt,
            StandsOut = observation.Series.OfProperty is { } property && state.IsOpen(property) && !state[property].IsOfTitle,
            IsOfTitle = isOfTitle,
            IsOfSeveral = isOfSeveral,
            EarlierAffectedViews = past?.AffectedViews ?? 0,
            OpenedPosition = observation.Position,
            OpeningViews = window.Views,
            Threshold = judge.Threshold(window.Views, expected),
            ErrorDescription = Encoding.UTF8.GetString(observation.Series.ErrorType),
            AffectedViews = past?.AffectedViews ?? 0,
            AffectedViewsPerHourOnOpen = perHour,
            LateViews = past?.LateViews ?? 0,
            EvaluatedPosition = observation.Position,
            SeenPosition = observation.Position,
            Timeline = past?.Timeline ?? new(),
        };
        incident.Count(now, new(window.Views, window.Errors));
        incident.See(observation);
        incident.Severity = severities.Of(incident, now);
        state.Add(incident);
        explainer.Opened(incident, observation);
        platform.Join(incident);
        var transition = past is null ? IncidentTransition.Opened : IncidentTransition.Reopened;
        decisions.Tell(transition, null, incident, observation, now, new(incident.Series, FeedbackKind.Hold, now, window));
        if (!observation.IsTitle)
        {
            foreach (var title in state.PartsOf(incident))
                decisions.Update(IncidentReason.PartOfParent, title, state.Observe(title), now);
            platform.Opened(incident, now);
        }

        Schedule();
        return true;
    }

    private void Follow(OpenIncident incident, in Observation observation)
    {
        state.Changed(incident);
        incident.Follow(observation);
        var now = observation.At;
        if (incident.IsOfTitle && observation.AffectedTitles(now) >= rules.SeveralTitles)
            StandAlone(incident, observation);
        if (closing.CalmByViews(incident, observation) is { } calm)
            ends.End(IncidentTransition.Closed, IncidentReason.Calm, incident, observation, now, calm);
        else if (closing.IsNormalNow(incident, observation))
            ends.End(IncidentTransition.Closed, IncidentReason.AcceptedAsNormal, incident, observation, now);
        else if (severities.Of(incident, now) > incident.Severity)
            decisions.Update(IncidentReason.SeverityRaised, incident, observation, now);
        else if (explainer.Follow(incident, observation) is { } news)
            decisions.Update(news, incident, observation, now);
        else if (incident.HasDoubled && now - incident.ToldAt >= rules.UpdateInterval.TotalMilliseconds)
            decisions.Update(IncidentReason.AffectedViewsDoubled, incident, observation, now);
    }

    /// <summary>Other titles fail, too: the property's incident is not that of its only title any more.</summary>
    private void StandAlone(OpenIncident property, in Observation observation)
    {
        property.IsOfTitle = false;
        decisions.Update(IncidentReason.OutlivedParent, property, observation, observation.At);
        foreach (var title in state.PartsOf(property))
            decisions.Update(IncidentReason.PartOfParent, title, state.Observe(title), observation.At);
    }

    /// <summary>At the end of each slot, all incidents are looked at in the order in which they opened.</summary>
    private void Schedule()
    {
        if (isScheduled || !state.IsWaiting)
            return;
        isScheduled = true;
        var from = Math.Max(scheduler.Clock, state.LatestAt - 1); // A restored clock may know no time yet.
        scheduler.ScheduleAbsolute(((long)Math.Floor(from / (double)closing.Slot) + 1) * closing.Slot, () =>
        {
            isScheduled = false;
            Tick();
        });
    }

    private void Tick()
    {
        var now = scheduler.Clock;
        foreach (var incident in state.All.ToList())
        {
            if (state.IsOpen(incident)) // It may have ended with its property.
                LookAt(incident, state.Observe(incident), now);
        }

        platform.Update(now);
        state.Past.Forget(now);
        state.Platforms.Forget(now);
        Schedule();
    }

    private void LookAt(OpenIncident incident, in Observation observation, long now)
    {
        if (closing.Calm(incident, observation, now) is { } calm)
            ends.End(IncidentTransition.Closed, IncidentReason.Calm, incident, observation, now, calm);
        else if (closing.Unknown(incident, observation, now) is { } unknown)
            ends.End(IncidentTransition.Expired, unknown, incident, observation, now);
        else if (severities.HasTooLittleImpact(incident, now))
            ends.End(IncidentTransition.Expired, IncidentReason.TooLittleImpact, incident, observation, now);
        else if (severities.Of(incident, now) is var severity && severity != incident.Severity)
            decisions.Update(Reason(severity, incident), incident, observation, now);
        else if (closing.IsNormalSoon(incident, now))
            decisions.Update(IncidentReason.NormalSoon, incident, observation, now);
        else if (incident.Recent.Latest(now, 1).Views > 0)
            decisions.Refresh(incident, observation, now);
    }

    private static IncidentReason Reason(IncidentSeverity severity, OpenIncident incident) =>
        severity > incident.Severity ? IncidentReason.SeverityRaised : IncidentReason.SeverityLowered;
}
