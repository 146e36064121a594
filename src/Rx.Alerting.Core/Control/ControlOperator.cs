using System.Reactive;
using System.Reactive.Disposables;
using System.Reactive.Linq;
using Rx.Alerting.Core.EventTime;
using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Core.Control;

/// <summary>The operator between the changes of incidents and those who are told.</summary>
internal static class ControlOperator
{
    /// <summary>
    /// Adds to each change what people have decided, and the incident's trail. Commands and silences make changes of their own.
    /// </summary>
    /// <remarks>
    /// <code>
    /// changes   --O--------------U---------------C---|    (O: opened, U: updated, C: closed)
    /// commands  -----a-----s-------------------------     (a: acknowledge, s: silence)
    /// silences             [-----w---)                    (w: ends soon, by event time)
    /// told      --O--A-----S-----U-W-E-----------C---|
    /// outcomes  -----a-----s-------------------------
    /// </code>
    /// </remarks>
    /// <param name="changes">What the incident stage decides.</param>
    /// <param name="commands">Come between two batches.</param>
    /// <param name="state">What people have decided so far.</param>
    /// <param name="scheduler">Event time.</param>
    /// <param name="options">Bounds.</param>
    /// <param name="closings">The way back to the incident stage: ids of incidents that people close.</param>
    /// <param name="outcomes">Is told of every outcome once.</param>
    /// <param name="operation">Executes commands about the pipeline itself.</param>
    public static IObservable<IncidentChange> Control(
        this IObservable<IncidentChange> changes,
        IObservable<CommandRequest> commands,
        ControlState state,
        EventTimeScheduler scheduler,
        ControlOptions options,
        IObserver<string> closings,
        IObserver<CommandOutcome> outcomes,
        OperationDesk operation) =>
        Observable.Create<IncidentChange>(observer =>
        {
            var teller = new IncidentTeller(state, options.TrailEntries, observer);
            var clock = new SilenceClock(state, scheduler, teller);
            var desk = new ControlDesk(state, scheduler, options, clock, teller, closings, outcomes, operation);
            clock.Watch();
            var executing = commands.Subscribe(desk.Execute);
            return new CompositeDisposable(
                clock,
                executing,
                changes.Subscribe(Observer.Create<IncidentChange>(desk.Take, observer.OnError, Complete)));

            void Complete()
            {
                executing.Dispose();
                observer.OnCompleted();
            }
        });
}
