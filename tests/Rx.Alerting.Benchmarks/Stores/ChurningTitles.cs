using System.Diagnostics;
using System.Globalization;
using System.Reactive.Linq;
using Rx.Alerting.Benchmarks.Traffic;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Benchmarks.Stores;

/// <summary>Views with a new title each, as long as the gate is open. Then few views of one title.</summary>
/// <param name="viewsPerSecond">While titles are new.</param>
/// <param name="churn">How long titles are new.</param>
/// <param name="calm">How long it goes on after that.</param>
internal sealed class ChurningTitles(int viewsPerSecond, TimeSpan churn, TimeSpan calm) : IViewSource
{
    private const int Properties = 100;
    private const int FailingViews = 33;

    /// <summary>Between two batches.</summary>
    private const int Milliseconds = 20;

    private readonly TaskCompletionSource ended = new();

    public Task Ended => ended.Task;

    public bool IsCalm { get; private set; }

    public long Views { get; private set; }

    /// <summary>How many views would have been read if the gate had always been open.</summary>
    public long Offered => (long)(viewsPerSecond * churn.TotalSeconds);

    public IObservable<ViewBatch> Read(IReadOnlyDictionary<string, string> positions, IPartitionGate gate) =>
        Observable.Create<ViewBatch>((observer, stop) => Task.Run(() => PlayAsync(observer, gate, stop), stop));

    public void Committed(IReadOnlyDictionary<string, string> positions)
    {
        // Reading does not depend on it.
    }

    private async Task PlayAsync(IObserver<ViewBatch> observer, IPartitionGate gate, CancellationToken stop)
    {
        var filler = new BatchFiller(Properties, int.MaxValue);
        var batch = filler.NewBatch(StoreFill.Partition);
        var begun = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(Milliseconds));
        while (await timer.WaitForNextTickAsync(stop))
        {
            var elapsed = Stopwatch.GetElapsedTime(begun);
            IsCalm = elapsed >= churn;
            if (elapsed >= churn + calm)
                ended.TrySetResult();
            // Views that were not read while the gate was closed are dropped, so that the end comes in time.
            if (!gate.IsOpen(StoreFill.Partition))
                continue;
            var time = (StoreFill.Begin + elapsed).ToUnixTimeMilliseconds();
            for (var due = IsCalm ? 1 : viewsPerSecond * Milliseconds / 1000; due > 0; due--)
                filler.Add(batch, time, IsCalm ? 0 : (int)Views++, Views % FailingViews == 0 ? 0 : -1);
            batch.Position = elapsed.Ticks.ToString(CultureInfo.InvariantCulture);
            observer.OnNext(batch);
            filler.Clear(batch);
        }
    }
}
