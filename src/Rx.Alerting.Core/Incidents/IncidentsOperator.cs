using System.Reactive;
using System.Reactive.Disposables;
using System.Reactive.Linq;
using Rx.Alerting.Core.Baselines;
using Rx.Alerting.Core.Detection;
using Rx.Alerting.Core.EventTime;
using Rx.Alerting.Core.Explanations;

namespace Rx.Alerting.Core.Incidents;

/// <summary>The operator from verdicts to decisions about incidents.</summary>
internal static class IncidentsOperator
{
    /// <summary>
    /// Opens an incident at an anomaly that is worth a person's time, follows it, and closes it when the key's latest views are calm. A
    /// timer on <paramref name="scheduler"/> closes it when it was calm for long, and expires it when too few views tell.
    /// </summary>
    /// <remarks>
    /// <code>
    /// verdicts   --x--h--h--h(calm)------x---------------|
    /// decisions  --O--U-----C------------O-----------E---|    (E: by event time)
    /// </code>
    /// </remarks>
    /// <param name="verdicts">What the detection finds.</param>
    /// <param name="state">The open incidents.</param>
    /// <param name="judge">Knows thresholds.</param>
    /// <param name="scheduler">Event time.</param>
    /// <param name="rules">When incidents open and end.</param>
    /// <param name="baseline">When a level is accepted as normal.</param>
    /// <param name="facets">The circumstances of views.</param>
    /// <param name="closings">Ids of incidents that people close, between two batches; null: nobody does.</param>
    public static IObservable<IncidentDecision> Incidents(
        this IObservable<Verdict> verdicts,
        IncidentState state,
        Judge judge,
        EventTimeScheduler scheduler,
        IncidentOptions rules,
        BaselineOptions baseline,
        FacetState facets,
        IObservable<string>? closings = null) =>
        Observable.Create<IncidentDecision>(observer =>
        {
            var lifecycle = new IncidentLifecycle(state, judge, scheduler, rules, baseline, facets, observer);
            lifecycle.Resume();
            return new CompositeDisposable(
                closings?.Subscribe(lifecycle.CloseByHand) ?? Disposable.Empty,
                verdicts.Subscribe(Observer.Create<Verdict>(lifecycle.On, observer.OnError, lifecycle.Complete)));
        });
}
