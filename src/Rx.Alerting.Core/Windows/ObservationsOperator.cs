using System.Reactive;
using System.Reactive.Linq;
using Rx.Alerting.Core.Panes;

namespace Rx.Alerting.Core.Windows;

/// <summary>The operator from panes to observations.</summary>
internal static class ObservationsOperator
{
    /// <summary>
    /// Moves every property and title of a pane on by its counts. Emits an observation for each error type that has errors in the pane
    /// and enough of them in its largest window, or that an incident holds. What becomes of a series (<see cref="Feedback"/>) must be
    /// applied before <c>OnNext</c> returns.
    /// </summary>
    /// <remarks>
    /// <code>
    /// panes         --[A:9 ok]--[A:7 ok, 2 x]--[B:5 ok]--|
    /// observations  ------------(A, x)------------------|
    /// </code>
    /// </remarks>
    public static IObservable<Observation> Observations(this IObservable<PaneRelease> releases, WindowState state) =>
        Observable.Create<Observation>(observer => releases.Subscribe(Observer.Create<PaneRelease>(
            release =>
            {
                if (release.Pane is { } pane)
                    state.Advance(pane, observer);
            },
            observer.OnError,
            observer.OnCompleted)));
}
