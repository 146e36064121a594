using System.Reactive.Linq;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.EventTime;

/// <summary>The operator that brings batches of views into event time.</summary>
internal static class WatermarksOperator
{
    /// <summary>
    /// Counts and drops views that are late or in the far future, and adds the merged watermark to each batch. The last element before the
    /// completion is <see cref="TimedBatch.IsFinal">final</see>.
    /// </summary>
    /// <param name="batches">Each of one partition. A source announces each partition with an empty batch before the partition's views,
    /// because a partition that is not known cannot hold the watermark back.</param>
    /// <param name="state">A new state, or a state that was loaded from a checkpoint. Then the operator goes on from there.</param>
    /// <remarks>
    /// <code>
    /// batches    ──a:──b:──a:5,9──b:7──a:2,20──b:end──────|      bound 0, panes of 1
    /// result     ──a:──b:──a:5,9──b:7──a:20────b:end──end─|      2 is late by a's own watermark 8
    /// watermark    -   -   -      6    6       19     20        the last one is final
    /// </code>
    /// A view is late if its pane had ended before the view came, at the watermark of its own partition or at the merged watermark. So the
    /// view's own partition decides. The cut into batches never matters. Other partitions matter only if the view's partition was idle or
    /// not known yet.
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
