using System.Diagnostics;
using System.Reactive.Subjects;
using Rx.Alerting.Benchmarks.Running;
using Rx.Alerting.Benchmarks.Traffic;
using Rx.Alerting.Core.EventTime;
using Rx.Alerting.Core.Panes;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Benchmarks.Keyed;

/// <summary>The work with our own operators: batches of views, watermarks, panes of one minute.</summary>
internal static class KeyedPanes
{
    private const int BatchViews = 1024;

    public static void Run(Arguments arguments)
    {
        var filler = new BatchFiller(1, arguments.Int("titles"));
        for (var round = 1; round <= KeyedWorkload.RoundsInProcess; round++)
            Round(filler, arguments.Int("views"), arguments.Int("disorder"));
    }

    private static void Round(BatchFiller filler, int views, int disorder)
    {
        var clock = Stopwatch.StartNew();
        var traffic = new KeyedTraffic(views, filler.Titles, disorder);
        var interval = TimeSpan.FromMilliseconds(KeyedTraffic.Minute);
        var eventTime = new EventTimeOptions { MaximumOutOfOrderness = TimeSpan.FromMilliseconds(disorder) };
        var totals = default(KeyedTotals);
        using var batches = new Subject<ViewBatch>();
        using var subscription = batches
            .Watermarks(new WatermarkState(eventTime, interval))
            .Panes(new PaneState(interval))
            .Subscribe(release =>
            {
                if (release.Pane is { } pane)
                    Count(pane, ref totals);
            });

        var batch = filler.NewBatch("partition-0");
        while (traffic.Next(out var time, out var title, out var errorType))
        {
            filler.Add(batch, time, title, errorType);
            if (batch.ViewCount < BatchViews)
                continue;
            batches.OnNext(batch);
            filler.Clear(batch);
        }

        batches.OnNext(batch);
        batches.OnCompleted();
        totals.Write(views, clock.Elapsed);
    }

    /// <summary>Reads every title's counts from a pane. The cells of properties are left out.</summary>
    private static void Count(Pane pane, ref KeyedTotals totals)
    {
        for (var i = 0; i < pane.CellCount; i++)
        {
            ref readonly var cell = ref pane.Cell(i);
            if (cell.IsProperty(i))
                continue;
            var errors = 0;
            for (var error = cell.FirstError; error >= 0; error = pane.Error(error).NextInCell)
                errors += pane.Error(error).Count;
            totals.Add(cell.Views, errors);
        }
    }
}
