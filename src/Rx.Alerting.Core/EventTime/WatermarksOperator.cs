using System.Reactive.Linq;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.EventTime;

/// <summary>The operator that brings batches of views into event time.</summary>
internal static class WatermarksOperator
{
    /// <summary>
    /// Drops views that are late or in the far future, counting them, and adds the merged watermark to each batch. The last
    /// element before the completion is <see cref="TimedBatch.IsFinal">final</see>.
    /// </summary>
    /// <param name="batches">Of one partition each. A source announces its partitions with an empty batch each, before their
    /// views: a partition that is not known cannot hold the watermark back.</param>
    /// <param name="state">New, or loaded from a checkpoint: then the operator goes on where the saved one was.</param>
    /// <remarks>
    /// <code>
    /// batches    ──a:──b:──a:5,9──b:7──a:2,20──b:end──────|      bound 0, panes of 1
    /// result     ──a:──b:──a:5,9──b:7──a:20────b:end──end─|      2 is late by a's own watermark 8
    /// watermark    -   -   -      6    6       19     20        the last one is final
    /// </code>
    /// A view is late when its pane had ended at the watermark of its own partition before it, or at the merged one. Whether a
    /// view is accepted thus follows from its own partition, not from the cut into batches, nor from other partitions unless
    /// its own was idle or not yet known.
    /// </remarks>
    public static IObservable<TimedBatch> Watermarks(this IObservable<ViewBatch> batches, WatermarkState state) =>
        Observable.Create<TimedBatch>(observer => batches.Subscribe(new Sink(observer, state)));

    private sealed class Sink(IObserver<TimedBatch> observer, WatermarkState state) : IObserver<ViewBatch>
    {
        private readonly TimedBatch element = new();

        public void OnNext(ViewBatch value)
        {
            state.Take(value, element);
            observer.OnNext(element);
        }

        public void OnError(Exception error) => observer.OnError(error);

        public void OnCompleted()
        {
            while (state.TryFinish(element))
                observer.OnNext(element);

            element.Start(new(""), isFinal: true);
            element.Watermark = state.NewestEventTime;
            observer.OnNext(element);
            observer.OnCompleted();
        }
    }
}
