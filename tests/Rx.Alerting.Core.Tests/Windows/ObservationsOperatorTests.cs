using System.Reactive.Linq;
using Microsoft.Reactive.Testing;
using Rx.Alerting.Core.Baselines;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Panes;
using Rx.Alerting.Core.Tests.Checkpoints;
using Rx.Alerting.Core.Windows;
using static Rx.Alerting.Core.Tests.Windows.Observing;
using static Rx.Alerting.Core.Tests.Windows.Releases;

namespace Rx.Alerting.Core.Tests.Windows;

public sealed class ObservationsOperatorTests : ReactiveTest
{
    private readonly TestScheduler scheduler = new();

    [Fact]
    public void Observations_OnlyPanesWithErrors_PropertyBehindItsTitles()
    {
        var panes = scheduler.CreateHotObservable(
            OnNext(210, Of(0, Traffic("p", "t", 9))),
            OnNext(220, Of(1000, [.. Traffic("p", "t", 7, 2), .. Traffic("p", "u", 1)])),
            OnNext(230, Punctuation(5000)),
            OnNext(240, Of(6000, Traffic("q", "", 5))),
            OnCompleted<PaneRelease>(250));

        var result = scheduler.Start(() => panes.Observations(NewState()).Select(Show));

        result.Messages.AssertEqual(
            OnNext(220, "p/t x: 2 of 16 at 2000"),
            OnNext(220, "p x: 2 of 17 at 2000"),
            OnCompleted<string>(250));
        panes.Subscriptions.AssertEqual(Subscribe(200, 250));
    }

    [Fact]
    public void Observations_SourceFails_PassesTheError()
    {
        var error = new InvalidOperationException("broken");
        var panes = scheduler.CreateHotObservable(OnError<PaneRelease>(220, error));

        scheduler.Start(() => panes.Observations(NewState()).Select(Show)).Messages.AssertEqual(OnError<string>(220, error));
    }

    [Fact]
    public void Observations_Disposed_HearsNothingMore()
    {
        var panes = scheduler.CreateHotObservable(OnNext(900, Of(0, Traffic("p", "t", 1, 1))));

        scheduler.Start(() => panes.Observations(NewState()).Select(Show), 100, 200, 300).Messages.AssertEqual();
        panes.Subscriptions.AssertEqual(Subscribe(200, 300));
    }

    [Fact]
    public void Observations_SavedInMidStreamAndRestored_GoOnAsIfNothingHadHappened()
    {
        var history = Enumerable.Range(0, 40)
            .Select(i => Of(i * 1000, [.. Traffic("p", $"t{i % 3}", 30, i % 4), .. Traffic("q", "", 10, i % 2, "y")]))
            .ToList();
        var (whole, first, second) = (NewState(), NewState(), NewState());
        var expected = Advance(whole, history);

        var before = Advance(first, history.Take(23));
        new OperatorStates([second]).Load(new OperatorStates([first]).Save());
        var after = Advance(second, history.Skip(23));

        Assert.Equal(expected, before.Concat(after));
        Assert.Equal(Saved(whole), Saved(second));
    }

    [Fact]
    public void Titles_NotSeenForTheirExpiry_AreForgotten()
    {
        var state = NewState(new WindowOptions { TitleExpiry = TimeSpan.FromDays(2) });

        Advance(state, [Of(0, [.. Traffic("p", "old", 1), .. Traffic("p", "kept", 1)]), Of(86_400_000, Traffic("p", "kept", 1))]);
        Assert.Equal(2, state.Titles);
        Advance(state, [Of((2 * 86_400_000) + (13 * 3_600_000), Traffic("p", "new", 1))]);

        Assert.Equal(2, state.Titles);
        Assert.Null(state.FindTitle(state.FindProperty("p"u8)!, "old"u8));
        Assert.NotNull(state.FindTitle(state.FindProperty("p"u8)!, "kept"u8));
    }

    [Fact]
    public void Titles_BeyondTheBound_TheLeastRecentlySeenGoes()
    {
        var state = NewState(new WindowOptions { MaximumTitles = 2 });

        Advance(state, [Of(0, Traffic("p", "a", 1)), Of(1000, Traffic("p", "b", 1)), Of(2000, Traffic("p", "c", 1))]);

        Assert.Equal(2, state.Titles);
        Assert.Null(state.FindTitle(state.FindProperty("p"u8)!, "a"u8));
    }

    [Fact]
    public void ErrorTypes_BeyondTheBound_AreCountedTogetherAsOther()
    {
        var state = NewState(new WindowOptions { MaximumErrorTypes = 2 });

        var seen = Advance(
            state,
            [
                Of(0, [.. Traffic("p", "t", 1, 1, "a"), .. Traffic("p", "t", 1, 1, "b")]),
                Of(1000, [.. Traffic("p", "t", 1, 1, "c"), .. Traffic("p", "t", 1, 1, "d")]),
            ]);

        Assert.Equal(["p/t other: 2 of 4 at 2000", "p other: 2 of 4 at 2000"], seen.Skip(4));
    }

    private static WindowState NewState(WindowOptions? options = null) => new(options ?? new WindowOptions(), new BaselineOptions());

    private static byte[] Saved(WindowState state) => ExportedState.Bytes(new OperatorStates([state]).Save());
}
