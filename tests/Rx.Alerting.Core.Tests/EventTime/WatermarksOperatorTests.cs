using System.Reactive;
using System.Reactive.Linq;
using System.Reactive.Subjects;
using Microsoft.Reactive.Testing;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.EventTime;
using Rx.Alerting.Core.Tests.Checkpoints;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.Tests.EventTime;

public sealed class WatermarksOperatorTests : ReactiveTest
{
    private readonly TestScheduler scheduler = new();

    [Fact]
    public void Watermarks_MarblesOfTheRemarks_AreAsDrawn()
    {
        var result = Run(
            OnNext(210, Batches.Of("a")),
            OnNext(220, Batches.Of("b")),
            OnNext(230, Batches.Arriving("a", 5, 9)),
            OnNext(240, Batches.Arriving("b", 7)),
            OnNext(250, Batches.Arriving("a", 2, 20)),
            OnNext(260, Batches.Of("b", PartitionStatus.Finished)),
            OnCompleted<ViewBatch>(270));

        Assert.Equal(
            [
                OnNext(210, "a:"),
                OnNext(220, "b:"),
                OnNext(230, "a:5,9"),
                OnNext(240, "b:7 @6"),
                OnNext(250, "a:20 late:2 @6"),
                OnNext(260, "b: @19"),
                OnNext(270, ": @20 final"),
                OnCompleted<string>(270),
            ],
            result.Messages);
    }

    [Fact]
    public void Watermarks_SourceFails_PassesTheErrorOnWithoutAFinalElement()
    {
        var error = new InvalidOperationException("gone");
        var result = Run(OnNext(210, Batches.Arriving("a", 5)), OnError<ViewBatch>(220, error));
        Assert.Equal([OnNext(210, "a:5 @4"), OnError<string>(220, error)], result.Messages);
    }

    [Fact]
    public void Watermarks_Disposed_UnsubscribesAndIsSilent()
    {
        var source = scheduler.CreateHotObservable(
            OnNext(210, Batches.Arriving("a", 5)), OnNext(310, Batches.Arriving("a", 6)), OnCompleted<ViewBatch>(320));
        var result = scheduler.Start(() => Described(source, NewState()), disposed: 300);
        Assert.Equal([OnNext(210, "a:5 @4")], result.Messages);
        Assert.Equal([Subscribe(200, 300)], source.Subscriptions);
    }

    [Fact]
    public void Watermarks_NothingButCompletion_EndsWithAFinalElementWithoutWatermark() =>
        Assert.Equal([OnNext(210, ": final"), OnCompleted<string>(210)], Run(OnCompleted<ViewBatch>(210)).Messages);

    [Fact]
    public void Watermarks_AllPartitionsFinished_DoNotDragTheMergeToTheEndOfTime()
    {
        var result = Run(
            OnNext(210, Batches.Arriving("a", 5)),
            OnNext(220, Batches.Arriving("b", 9)),
            OnNext(230, Batches.Of("a", PartitionStatus.Finished)),
            OnNext(240, Batches.Of("b", PartitionStatus.Finished)),
            OnNext(250, Batches.Arriving("c", 30)),
            OnCompleted<ViewBatch>(260));
        Assert.Equal(["a:5 @4", "b:9 @4", "a: @8", "b: @8", "c:30 @29", ": @30 final"], Values(result));
    }

    [Fact]
    public void Watermarks_IdlePartition_DoesNotHoldUntilItsNextView()
    {
        var result = Run(
            OnNext(210, Batches.Of("a", PartitionStatus.Idle)),
            OnNext(220, Batches.Arriving("b", 10)),
            OnNext(230, Batches.Arriving("a", 4, 12)),
            OnNext(240, Batches.Arriving("b", 20)),
            OnNext(250, Batches.Of("a", PartitionStatus.Idle)));
        Assert.Equal(["a:", "b:10 @9", "a:12 late:4 @9", "b:20 @11", "a: @19"], Values(result));
    }

    [Fact]
    public void Watermarks_LateViews_AreCountedByProperty()
    {
        var state = NewState();
        var result = Run(state, OnNext(210, Batches.Arriving("a", 50, 7, 49, 9)), OnCompleted<ViewBatch>(220));
        Assert.Equal(["a:50 late:7,49,9 @49", ": @50 final"], Values(result));
        Assert.Equal(3, state.Late.Total);
        Assert.Equal([KeyValuePair.Create("shop", 3L)], state.Late.ByProperty);
    }

    [Fact]
    public void Watermarks_Panes_KeepAViewOnTimeUntilItsPaneHasEnded()
    {
        var state = new WatermarkState(Batches.Options, TimeSpan.FromMilliseconds(10));
        // View 21 moves the watermark to 20: pane [10, 20) has ended, [20, 30) is open. View 30 moves it to 29: [20, 30) has ended, too.
        var result = Run(state, OnNext(210, Batches.Arriving("a", 21, 20, 19, 30, 29, 31)));
        Assert.Equal(["a:21,20,30,31 late:19,29 @30"], Values(result));
    }

    [Fact]
    public void Watermarks_SavedBetweenAnyTwoBatches_GoOnTheSameInANewGraph()
    {
        // A run takes views out of its batches, so every run gets batches of its own.
        static ViewBatch[] Stream() =>
        [
            Batches.Of("a", 1000, 1001),
            Batches.Of("b", 1003),
            Batches.Of("a", 990, 1005, 9001, 1007),
            Batches.Of("b", PartitionStatus.Idle),
            Batches.Of("b", 1004, 1011, 1013),
            Batches.Of("a", 5_001, 1001, 5_003, 5_002, 5_005),
            Batches.Of("b", PartitionStatus.Finished, 7_000_001, 1020),
            Batches.Of("c", 8_001),
        ];

        var whole = Describe(Stream(), NewState(), completes: true);
        for (var cut = 0; cut <= Stream().Length; cut++)
        {
            var first = NewState();
            var before = Describe(Stream()[..cut], first, completes: false);
            var second = NewState();
            new OperatorStates([second]).Load(new OperatorStates([first]).Save());
            Assert.Equal(whole, [.. before, .. Describe(Stream()[cut..], second, completes: true)]);
            Assert.Equal(Bytes(second), Bytes(StateAfter(Stream())));
        }
    }

    [Fact]
    public void Watermarks_SteadyState_AllocatesNothing()
    {
        using var source = new Subject<ViewBatch>();
        using var subscription = source.Watermarks(NewState()).Subscribe(_ => { });
        var batch = new ViewBatch("a");
        var eventTime = 1000L;
        AllocationAssert.None(() => Push(10_000));

        void Push(int batches)
        {
            for (var i = 0; i < batches; i++)
            {
                batch.Clear();
                // One in four is late.
                for (var view = 0; view < 8; view++)
                    batch.Add(
                        new View
                        {
                            EventTime = view % 4 == 3 ? eventTime - 50 : eventTime += 2,
                            ArrivalTime = View.NoArrivalTime,
                            Failure = -1,
                            Circumstances = -1,
                        });
                source.OnNext(batch);
            }
        }
    }

    private static byte[] Bytes(WatermarkState state) => ExportedState.Bytes(new OperatorStates([state]).Save());

    private static WatermarkState StateAfter(ViewBatch[] batches)
    {
        var state = NewState();
        Describe(batches, state, completes: true);
        return state;
    }

    private static List<string> Describe(ViewBatch[] batches, WatermarkState state, bool completes)
    {
        var described = new List<string>();
        using var source = new Subject<ViewBatch>();
        using var subscription = Described(source, state).Subscribe(described.Add);
        foreach (var batch in batches)
            source.OnNext(batch);
        if (completes)
            source.OnCompleted();
        return described;
    }

    private static IObservable<string> Described(IObservable<ViewBatch> source, WatermarkState state) =>
        source.Watermarks(state).Select(Batches.Describe);

    private static WatermarkState NewState() => new(Batches.Options, Batches.Pane);

    private static IEnumerable<string> Values(ITestableObserver<string> result) =>
        result.Messages.Where(message => message.Value.HasValue).Select(message => message.Value.Value);

    private ITestableObserver<string> Run(params Recorded<Notification<ViewBatch>>[] messages) => Run(NewState(), messages);

    private ITestableObserver<string> Run(WatermarkState state, params Recorded<Notification<ViewBatch>>[] messages) =>
        scheduler.Start(() => Described(scheduler.CreateHotObservable(messages), state));
}
