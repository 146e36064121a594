using System.Diagnostics;
using System.Reactive;
using System.Reactive.Linq;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Benchmarks.Streaming;

/// <summary>Measures a source. Asks for the stop when so many records have gone through the pipeline.</summary>
internal sealed class WatchedSource(IViewSource source, long records, OpenViews? open = null) : IViewSource, IDisposable
{
    private readonly CancellationTokenSource all = new();
    private readonly long started = Stopwatch.GetTimestamp();
    private long gone;

    /// <summary>The time until the first record came.</summary>
    public TimeSpan First { get; private set; }

    /// <summary>The time until the last record had gone through the pipeline.</summary>
    public TimeSpan Last { get; private set; }

    /// <summary>All records have gone through.</summary>
    public CancellationToken All => all.Token;

    public IObservable<ViewBatch> Read(IReadOnlyDictionary<string, string> positions, IPartitionGate gate) =>
        Observable.Create<ViewBatch>(pipeline => source.Read(positions, gate).Subscribe(Observer.Create<ViewBatch>(
            batch =>
            {
                if (gone == 0)
                    First = Stopwatch.GetElapsedTime(started);

                // Counted before OnNext, because the pipeline takes late views out of the batch.
                gone += batch.ViewCount + batch.Rejected.ToArray().Sum();
                open?.Count(batch);
                pipeline.OnNext(batch);
                if (gone < records)
                    return;
                Last = Stopwatch.GetElapsedTime(started);
                all.Cancel();
            },
            pipeline.OnError,
            pipeline.OnCompleted)));

    public void Committed(IReadOnlyDictionary<string, string> positions) => source.Committed(positions);

    public void Dispose() => all.Dispose();
}
