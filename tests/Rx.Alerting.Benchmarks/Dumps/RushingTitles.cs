using System.Globalization;
using System.Reactive.Linq;
using Rx.Alerting.Benchmarks.Stores;
using Rx.Alerting.Benchmarks.Traffic;
using Rx.Alerting.Core.Views;
using Rx.Alerting.Testing;

namespace Rx.Alerting.Benchmarks.Dumps;

/// <summary>Goes on where <see cref="StoreFill"/> ended, with Zipf views as fast as the pipeline and its store take them.</summary>
internal sealed class RushingTitles(BatchFiller filler) : IViewSource
{
    private const int BatchViews = 4096;
    private static readonly TimeSpan ClosedGate = TimeSpan.FromMilliseconds(1);

    private long views;

    /// <summary>Views that were pushed.</summary>
    public long Views => Volatile.Read(ref views);

    public IObservable<ViewBatch> Read(IReadOnlyDictionary<string, string> positions, IPartitionGate gate) =>
        Observable.Create<ViewBatch>((observer, stop) => Task.Factory.StartNew(
            () => Push(observer, gate, long.Parse(positions[StoreFill.Partition], CultureInfo.InvariantCulture), stop),
            stop,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default));

    private void Push(IObserver<ViewBatch> observer, IPartitionGate gate, long position, CancellationToken stop)
    {
        var (batch, random, zipf) = (filler.NewBatch(StoreFill.Partition), new SplitMix(44), new Zipf(filler.Titles));
        while (!stop.IsCancellationRequested)
        {
            if (!gate.IsOpen(StoreFill.Partition))
            {
                stop.WaitHandle.WaitOne(ClosedGate);
                continue;
            }

            for (var i = 0; i < BatchViews; i++, position++)
            {
                filler.Add(
                    batch,
                    StoreFill.Begin.ToUnixTimeMilliseconds() + (position * 1000 / StoreFill.ViewsPerSecond),
                    zipf.Next(random),
                    random.NextDouble() < 0.03 ? random.Next(BatchFiller.ErrorTypes) : -1);
            }

            batch.Position = position.ToString(CultureInfo.InvariantCulture);
            observer.OnNext(batch);
            filler.Clear(batch);
            Interlocked.Add(ref views, BatchViews);
        }
    }
}
