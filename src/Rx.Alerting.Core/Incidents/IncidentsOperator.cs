using System.Reactive;
using System.Reactive.Linq;
using Rx.Alerting.Core.Detection;
using Rx.Alerting.Core.EventTime;
using Rx.Alerting.Core.Pipeline;

namespace Rx.Alerting.Core.Incidents;

/// <summary>The operator from verdicts to changes of incidents.</summary>
internal static class IncidentsOperator
{
    /// <summary>
    /// Opens an incident at an anomaly that is worth a person's time, follows it, and closes it when the key's latest
    /// views are calm; a timer on <paramref name="scheduler"/> expires it when the key falls silent.
    /// </summary>
    /// <remarks>
    /// <code>
    /// verdicts   --x--h--h--h(calm)------x---------------|
    /// changes    --O--U-----C------------O-----------E---|    (E: silence, by event time)
    /// </code>
    /// </remarks>
    public static IObservable<IncidentChange> Incidents(
        this IObservable<Verdict> verdicts, IncidentState state, Judge judge, EventTimeScheduler scheduler, PipelineOptions options) =>
        Observable.Create<IncidentChange>(observer =>
        {
            var lifecycle = new IncidentLifecycle(state, judge, scheduler, options, observer);
            lifecycle.Resume();
            return verdicts.Subscribe(Observer.Create<Verdict>(lifecycle.On, observer.OnError, lifecycle.Complete));
        });
}
