using System.Globalization;
using System.Reactive.Concurrency;
using System.Reactive.Linq;
using System.Reactive.Subjects;
using Rx.Alerting.Benchmarks.Running;
using Rx.Alerting.Benchmarks.Traffic;

namespace Rx.Alerting.Benchmarks.Naive;

/// <summary>
/// The counting alone, with stock Rx operators on event time: the same panes by property and title. Two ways to write
/// it; neither has error types, count-based windows, baselines, verdicts or incidents.
/// </summary>
internal sealed class NaiveRx(TimeSpan pane)
{
    private readonly HistoricalScheduler eventTime = new(NaiveTraffic.Begin);

    public static void Run(Arguments arguments) => new NaiveRx(TimeSpan.FromSeconds(arguments.Int("pane"))).Measure(arguments);

    private void Measure(Arguments arguments)
    {
        var traffic = new NaiveTraffic(arguments);
        var titles = Names("title-", traffic.Titles);
        var properties = Names("property-", NaiveTraffic.Properties);
        var errorTypes = Names("error-", BatchFiller.ErrorTypes);
        using var views = new Subject<NaiveView>();
        var counts = arguments["form"] == "window" ? GroupThenWindow(views) : WindowThenGroup(views);
        long counted = 0;
        using var subscription = counts.Subscribe(count => counted += count.Views);

        var batch = new NaiveView[NaiveTraffic.BatchViews];
        var length = 0;
        Action push = () =>
        {
            foreach (var view in batch.AsSpan(0, length))
            {
                eventTime.AdvanceTo(view.EndedAt);
                views.OnNext(view);
            }
        };
        var meter = default(NaiveMeter);
        while ((length = traffic.NextBatch) > 0)
        {
            for (var i = 0; i < length; i++)
            {
                var (endedAt, title, errorType) = traffic.Next();
                batch[i] = new NaiveView(
                    properties[title % properties.Length], titles[title], errorType < 0 ? null : errorTypes[errorType],
                    DateTimeOffset.FromUnixTimeMilliseconds(endedAt));
            }

            meter.Push(traffic.IsMeasured, length, push);
        }

        views.OnCompleted();
        if (counted != traffic.Views)
            throw new ChildFailedException($"Rx counted {counted} of {traffic.Views} views.");
        meter.Write();
    }

    /// <summary>Groups views by property and title, and then each title's views by window. This is the obvious way.</summary>
    private IObservable<NaiveCount> GroupThenWindow(IObservable<NaiveView> views)
    {
        // One clock for all titles of a property. With a timer for each title, the scheduler's queue would take most of the time.
        return
            from property in views.GroupBy(view => view.Property)
            let ends = Observable.Timer(EndOfPane(eventTime.Now), pane, eventTime).Publish().RefCount()
            from title in property.GroupBy(view => view.Title)
            from window in title.Window(ends)
            from count in window.Aggregate(new NaiveCount(property.Key, title.Key), (sum, view) => sum.Add(view))
            where count.Views > 0
            select count;
    }

    /// <summary>
    /// Groups views by pane, and then each pane's views by title. Faster in Rx, because nothing is kept for a title without views.
    /// </summary>
    private IObservable<NaiveCount> WindowThenGroup(IObservable<NaiveView> views) =>
        from window in views.GroupByUntil(view => EndOfPane(view.EndedAt), window => Observable.Timer(window.Key, eventTime))
        from title in window.GroupBy(view => (view.Property, view.Title))
        from count in title.Aggregate(new NaiveCount(title.Key.Property, title.Key.Title), (sum, view) => sum.Add(view))
        select count;

    private DateTimeOffset EndOfPane(DateTimeOffset time) => new((time.Ticks / pane.Ticks * pane.Ticks) + pane.Ticks, TimeSpan.Zero);

    private static string[] Names(string prefix, int count) =>
        [.. Enumerable.Range(0, count).Select(i => prefix + i.ToString(CultureInfo.InvariantCulture))];
}
