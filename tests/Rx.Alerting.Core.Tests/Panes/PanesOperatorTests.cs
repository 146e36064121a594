using System.Reactive.Linq;
using Microsoft.Reactive.Testing;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.EventTime;
using Rx.Alerting.Core.Panes;
using Rx.Alerting.Core.Views;
using Rx.Alerting.Testing;

namespace Rx.Alerting.Core.Tests.Panes;

public sealed class PanesOperatorTests : ReactiveTest
{
    private readonly TestScheduler scheduler = new();

    [Fact]
    public void Panes_WatermarkPassesTheirEnd_ComeInOrderWithAPunctuationBehind()
    {
        var batches = scheduler.CreateHotObservable(
            OnNext(210, Element(1, View(1), View(4), View(2))),
            OnNext(220, Element(4, View(7), View(5))),
            OnNext(230, Element(7, isFinal: true)),
            OnCompleted<TimedBatch>(240));

        var result = scheduler.Start(() => batches.Panes(NewState()).Select(Show));

        result.Messages.AssertEqual(
            OnNext(210, "(p1)"),
            OnNext(220, "[0,3) p:2 p/t:2"),
            OnNext(220, "(p4)"),
            OnNext(230, "[3,6) p:2 p/t:2"),
            OnNext(230, "[6,9) p:1 p/t:1"),
            OnNext(230, "(p7)"),
            OnCompleted<string>(240));
        batches.Subscriptions.AssertEqual(Subscribe(200, 240));
    }

    [Fact]
    public void Panes_SourceFails_PassesTheErrorAndReleasesNothing()
    {
        var error = new InvalidOperationException("broken");
        var batches = scheduler.CreateHotObservable(OnNext(210, Element(1, View(1))), OnError<TimedBatch>(220, error));

        var result = scheduler.Start(() => batches.Panes(NewState()).Select(Show));

        result.Messages.AssertEqual(OnNext(210, "(p1)"), OnError<string>(220, error));
    }

    [Fact]
    public void Panes_Disposed_HearsNothingMore()
    {
        var batches = scheduler.CreateHotObservable(OnNext(210, Element(1, View(1))), OnNext(900, Element(9, View(9))));

        var result = scheduler.Start(() => batches.Panes(NewState()).Select(Show), 100, 200, 300);

        result.Messages.AssertEqual(OnNext(210, "(p1)"));
        batches.Subscriptions.AssertEqual(Subscribe(200, 300));
    }

    [Fact]
    public void Panes_SavedInMidStreamAndRestored_GoOnAsIfNothingHadHappened()
    {
        var first = NewState();
        var before = scheduler.CreateHotObservable(
            OnNext(210, Element(1, View(1), View(4, "q", "", "x"), View(5, "p", "t", "x"))),
            OnNext(220, Element(2, View(4, "p", "u"))));
        scheduler.Start(() => before.Panes(first), 100, 200, 300);
        var second = NewState();
        new OperatorStates([second]).Load(new OperatorStates([first]).Save());

        var later = new TestScheduler();
        var after = later.CreateHotObservable(OnNext(310, Element(8, View(5, "p", "t", "x"), View(8))));
        var result = later.Start(() => after.Panes(second).Select(Show), 100, 300, 1000);

        result.Messages.AssertEqual(
            OnNext(310, "[3,6) p:3 x2 p/t:2 x2 p/u:1 q:1 x1"),
            OnNext(310, "[6,9) p:1 p/t:1"),
            OnNext(310, "(p8)"));
    }

    private static PaneState NewState() => new(TimeSpan.FromMilliseconds(3));

    private static TestView View(long time, string property = "p", string title = "t", string errorType = "") =>
        new(time, property, title, errorType);

    private static TimedBatch Element(long watermark, params TestView[] views) => Element(watermark, false, views);

    private static TimedBatch Element(long watermark, bool isFinal, params TestView[] views)
    {
        var element = new TimedBatch();
        element.Start(TestBatches.Of("partition", views), isFinal);
        element.Watermark = watermark;
        return element;
    }

    /// <summary>A release as a text: interval, then each key by name with views and errors by type.</summary>
    private static string Show(PaneRelease release)
    {
        if (release.Pane is not { } pane)
            return $"(p{release.Watermark})";
        var cells = new SortedDictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < pane.CellCount; i++)
        {
            var cell = pane.Cell(i);
            var name = Text(pane, pane.Cell(cell.Property).Name) + (cell.IsProperty(i) ? "" : "/" + Text(pane, cell.Name));
            var errors = new List<string>();
            for (var e = cell.FirstError; e >= 0; e = pane.Error(e).NextInCell)
                errors.Add($" {Text(pane, pane.Error(e).Type)}{pane.Error(e).Count}");
            cells.Add(name, $"{name}:{cell.Views}{string.Concat(errors.Order(StringComparer.Ordinal))}");
        }

        return $"[{pane.Start},{pane.End}) {string.Join(' ', cells.Values)}";
    }

    private static string Text(Pane pane, TextRange range) => System.Text.Encoding.UTF8.GetString(pane.Text(range));
}
