using System.Globalization;
using System.Reactive.Linq;
using Rx.Alerting.Benchmarks.Traffic;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Benchmarks.Effects;

/// <summary>
/// Makes views as fast as the pipeline takes them, of properties that fail in turn. Then waits until the reading is ended.
/// </summary>
/// <param name="turns">Which properties fail when.</param>
/// <param name="views">How many to make.</param>
internal sealed class TurnsSource(Turns turns, int views) : IViewSource
{
    private const int BatchViews = 512;
    private const string Partition = "partition-0";

    private static readonly DateTimeOffset Begin = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    private readonly int viewsPerSecond = turns.Properties * Turns.ViewsPerSecond;

    public IObservable<ViewBatch> Read(IReadOnlyDictionary<string, string> positions, IPartitionGate gate) =>
        Observable.Create<ViewBatch>((observer, stop) => Task.Run(
            async () =>
            {
                await PlayAsync(observer, gate, stop);
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop);
            },
            stop));

    private async Task PlayAsync(IObserver<ViewBatch> observer, IPartitionGate gate, CancellationToken stop)
    {
        // A prime: no title has its views only when its property fails. So no title has an incident of its own.
        var filler = new BatchFiller(turns.Properties, turns.Properties * 97);
        var batch = filler.NewBatch(Partition);
        for (var i = 0; i < views && !stop.IsCancellationRequested;)
        {
            for (var end = Math.Min(i + BatchViews, views); i < end; i++)
            {
                var time = Begin.ToUnixTimeMilliseconds() + (i * 1000L / viewsPerSecond);
                filler.Add(batch, time, i % filler.Titles, turns.Fails(i % turns.Properties, i / viewsPerSecond) ? 0 : -1);
            }

            while (!gate.IsOpen(Partition))
                await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, stop);
            batch.Position = i.ToString(CultureInfo.InvariantCulture);
            observer.OnNext(batch);
            filler.Clear(batch);
        }
    }
}
