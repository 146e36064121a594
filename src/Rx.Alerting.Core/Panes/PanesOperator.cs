using System.Reactive.Linq;
using Rx.Alerting.Core.EventTime;

namespace Rx.Alerting.Core.Panes;

/// <summary>The operator from views in event time to panes.</summary>
internal static class PanesOperator
{
    /// <summary>Counts views in the pane of their event time. Views themselves are not kept.</summary>
    /// <remarks>
    /// <list type="bullet">
    /// <item>A pane is released when the watermark has passed its end. Panes are released in event-time order.</item>
    /// <item>Behind the released panes of each batch, a punctuation tells how far event time is complete.</item>
    /// <item>A late view is counted apart, in the pane of the event time at which the view came.</item>
    /// </list>
    /// <code>
    /// batches   --1,4,2----------7,5-----end(7)--|     (event times; panes of 3)
    /// watermark   -1              4
    /// releases  --(p-1)----------[0,3),(p4)--[3,6),[6,9),(p7)--|
    /// </code>
    /// </remarks>
    public static IObservable<PaneRelease> Panes(this IObservable<TimedBatch> batches, PaneState state) =>
        Observable.Create<PaneRelease>(observer => batches.Subscribe(new Sink(observer, state)));

    private sealed class Sink(IObserver<PaneRelease> observer, PaneState state) : IObserver<TimedBatch>
    {
        public void OnNext(TimedBatch value)
        {
            var batch = value.Batch;
            foreach (ref readonly var view in batch.Views)
                state.Of(view.EventTime).Add(batch, view);
            foreach (ref readonly var late in value.Late)
                state.AddLate(late);
            Release(value.IsFinal ? long.MaxValue : value.Watermark);
            observer.OnNext(new PaneRelease(null, value.Watermark));
        }

        public void OnError(Exception error) => observer.OnError(error);

        public void OnCompleted() => observer.OnCompleted();

        private void Release(long watermark)
        {
            while (state.TryTake(watermark, out var pane))
            {
                observer.OnNext(new PaneRelease(pane, pane.End - 1));
                state.Return(pane);
            }
        }
    }
}
