using System.Globalization;
using System.Reactive.Linq;
using Rx.Alerting.Benchmarks.Traffic;
using Rx.Alerting.Core.Views;
using Rx.Alerting.Testing;

namespace Rx.Alerting.Benchmarks.Stores;

/// <summary>
/// Goes on where <see cref="StoreFill"/> ended: a second of event time has a view of each of 10,000 titles, others in the next
/// one, played in an interval of real time; until enough commits have been measured.
/// </summary>
/// <param name="filler">Makes the views.</param>
/// <param name="interval">Of real time.</param>
/// <param name="log">Of the pipeline that reads this.</param>
/// <param name="commits">How many to measure.</param>
/// <param name="disorder">Milliseconds of event time by which a view comes late at the most.</param>
internal sealed class ChangingTitles(BatchFiller filler, TimeSpan interval, CheckpointLog log, int commits, int disorder) : IViewSource
{
    /// <summary>Odd and not a multiple of 5, so that all titles come before a title comes again.</summary>
    private const int Stride = 7919;

    private const int SlicesPerInterval = 20;

    // So many seconds fill the open panes. Only after that, titles change at the rate that is measured.
    private const int SecondsBefore = 130;
    private const int SecondsPerIntervalBefore = 4;

    private readonly TaskCompletionSource measured = new();

    /// <summary>Whether enough commits have been measured.</summary>
    public Task Measured => measured.Task;

    /// <summary>Where the measured commits begin in <see cref="CheckpointLog.Commits"/>.</summary>
    public int FirstMeasured { get; private set; } = int.MaxValue;

    public IObservable<ViewBatch> Read(IReadOnlyDictionary<string, string> positions, IPartitionGate gate) =>
        Observable.Create<ViewBatch>((observer, stop) => Task.Run(
            () => PlayAsync(observer, long.Parse(positions[StoreFill.Partition], CultureInfo.InvariantCulture), stop), stop));

    public void Committed(IReadOnlyDictionary<string, string> positions)
    {
        if (log.Commits.Count - (long)FirstMeasured >= commits)
            measured.TrySetResult();
    }

    private async Task PlayAsync(IObserver<ViewBatch> observer, long position, CancellationToken stop)
    {
        var batch = filler.NewBatch(StoreFill.Partition);
        var random = new SplitMix(43);
        using var timer = new PeriodicTimer(interval / SlicesPerInterval);
        for (var second = 0; ; second++)
        {
            // A few more intervals, until the views that were pushed faster are committed.
            if (second == SecondsBefore + 3)
                FirstMeasured = log.Commits.Count + 1;
            var slices = second < SecondsBefore ? SlicesPerInterval / SecondsPerIntervalBefore : SlicesPerInterval;
            for (var slice = 0; slice < slices; slice++)
            {
                await timer.WaitForNextTickAsync(stop);
                position = Push(observer, batch, random, position, StoreFill.ViewsPerSecond / slices);
            }
        }
    }

    private long Push(IObserver<ViewBatch> observer, ViewBatch batch, SplitMix random, long position, int views)
    {
        for (var i = 0; i < views; i++, position++)
        {
            var time = StoreFill.Begin.ToUnixTimeMilliseconds() + (position * 1000 / StoreFill.ViewsPerSecond) - random.Next(disorder + 1);
            filler.Add(
                batch,
                time,
                (int)(position * Stride % filler.Titles),
                random.NextDouble() < 0.03 ? random.Next(BatchFiller.ErrorTypes) : -1);
        }

        batch.Position = position.ToString(CultureInfo.InvariantCulture);
        observer.OnNext(batch);
        filler.Clear(batch);
        return position;
    }
}
