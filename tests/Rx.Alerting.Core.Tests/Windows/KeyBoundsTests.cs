using System.Reactive.Linq;
using System.Text;
using Rx.Alerting.Core.Baselines;
using Rx.Alerting.Core.Panes;
using Rx.Alerting.Core.Windows;
using Rx.Alerting.Testing;
using static Rx.Alerting.Core.Tests.Windows.Observing;
using static Rx.Alerting.Core.Tests.Windows.Releases;

namespace Rx.Alerting.Core.Tests.Windows;

/// <summary>Which properties and error types are forgotten if there are more than the bounds allow.</summary>
public sealed class KeyBoundsTests
{
    private const long Day = 86_400_000;

    [Fact]
    public void Properties_BeyondTheBound_TheLeastRecentlySeenGoesWithItsTitles()
    {
        var state = Properties(2);

        Advance(
            state,
            Of(0, Traffic("a", "t", 3)),
            Of(1000, Traffic("b", "t", 3)),
            Of(2000, Traffic("a", "u", 1)),
            Of(3000, Traffic("c", "t", 1)));

        Assert.Equal(["a", "c"], Known(state, "a", "b", "c"));
        Assert.Equal((2, 3, 1L, 0L), (state.Properties, state.Titles, state.Counts.ForgottenProperties, state.Dropped));
    }

    [Fact]
    public void Properties_FloodInOnePaneBeyondTheBound_NeitherEstablishedNorBusyOnesGo()
    {
        var state = Properties(100);
        Advance(state, [.. Enumerable.Range(0, 50).Select(i => Of(i * 1000, Traffic($"customer-{i}", "t", 100)))]);

        Advance(
            state,
            Of(60_000, [.. Garbage(0, 1000), .. Traffic("new", "t", 5)]),
            Of(61_000, [.. Garbage(1000, 1000), .. Traffic("new", "t", 5)]));

        string[] real = [.. Enumerable.Range(0, 50).Select(i => $"customer-{i}"), "new"];
        Assert.Equal(real, Known(state, real));
        Assert.Equal(10, state.FindProperty("new"u8)!.Position);
        Assert.Equal(100, state.Properties);
        Assert.InRange(state.Dropped, 1900, 1951);
    }

    [Fact]
    public void Properties_AllHaveOpenIncidents_NewOnesAreDroppedAndCounted()
    {
        var state = Properties(2);
        Advance(state, Of(0, [.. Traffic("a", "t", 9, 3), .. Traffic("b", "t", 9, 3)]));
        state.Apply(new(new(state.FindProperty("a"u8)!.FirstSeries!), FeedbackKind.Hold, 0));
        state.Apply(new(new(state.FindTitle(state.FindProperty("b"u8)!, "t"u8)!.FirstSeries!), FeedbackKind.Hold, 0));

        Advance(state, Of(1000, Traffic("c", "t", 7)), Of(2000, Traffic("d", "t", 4)));
        Assert.Equal(["a", "b"], Known(state, "a", "b", "c", "d"));
        Assert.Equal(11, state.Dropped);

        state.Apply(new(new(state.FindTitle(state.FindProperty("b"u8)!, "t"u8)!.FirstSeries!), FeedbackKind.Restart, 2500));
        Advance(state, Of(3000, Traffic("c", "t", 7)));
        Assert.Equal(["a", "c"], Known(state, "a", "b", "c", "d"));
    }

    [Fact]
    public void Properties_QuietNewcomersAmongEstablishedOnes_MakeRoomForOneAnother()
    {
        var state = Properties(8);
        Advance(state, [.. Enumerable.Range(0, 7).Select(i => Of(i * 1000, Traffic($"customer-{i}", "t", 100)))]);

        // Newcomers have a quarter of the bound. Else the least recently seen of the established properties goes.
        Advance(state, Of(10_000, Traffic("x", "t", 1)), Of(11_000, Traffic("y", "t", 1)), Of(12_000, Traffic("z", "t", 1)));

        Assert.Equal(["customer-1", "y", "z"], Known(state, "customer-0", "customer-1", "x", "y", "z"));
    }

    [Fact]
    public void Properties_NotSeenForTheExpiry_AreForgotten()
    {
        var state = new WindowState(new WindowOptions { TitleExpiry = TimeSpan.FromDays(2) }, new BaselineOptions());

        Advance(state, Of(0, [.. Traffic("old", "t", 500), .. Traffic("kept", "t", 1)]), Of(Day, Traffic("kept", "t", 1)));
        Assert.Equal(["old", "kept"], Known(state, "old", "kept"));
        Advance(state, Of((2 * Day) + (Day / 2) + 1000, Traffic("new", "t", 1)));

        Assert.Equal(["kept", "new"], Known(state, "old", "kept", "new"));
        Assert.Equal(0, state.Counts.ForgottenProperties);
    }

    [Fact]
    public void ErrorTypes_GarbageHasTakenAll_MakesRoomForANewOneLater()
    {
        var state = new WindowState(new WindowOptions { MaximumErrorTypes = 20 }, new BaselineOptions());
        var garbage = Enumerable.Range(0, 60).SelectMany(i => Traffic("p", "t", 1, 1, $"garbage-{i}"));
        Advance(state, Of(0, [.. Traffic("p", "t", 100, 1, "real"), .. garbage]));
        Assert.Equal(41, state.Counts.OtherErrors);
        var property = state.FindProperty("p"u8)!;
        Assert.Equal("other", Types(property)[^1]);

        var seen = Advance(state, Of(7_300_000, Traffic("p", "t", 10, 5, "new")));

        Assert.Equal(["p/t new: 5 of 170 at 7301000", "p new: 5 of 170 at 7301000"], seen);
        Assert.Equal(["new"], Types(property));
        Assert.Equal(["new"], Types(state.FindTitle(property, "t"u8)!));
        Assert.Equal(21, state.Counts.ForgottenErrorTypes);
    }

    [Fact]
    public void ErrorTypes_WithAnOpenIncidentOrSeenOfLate_StayWhenOthersMakeRoom()
    {
        var state = new WindowState(new WindowOptions { MaximumErrorTypes = 4 }, new BaselineOptions());
        Advance(state, Failing(0, "own", "titles", "late", "gone"));
        var property = state.FindProperty("p"u8)!;
        var title = state.FindTitle(property, "t"u8)!;
        state.Apply(new(new(property.FirstSeries!), FeedbackKind.Hold, 0));
        state.Apply(new(new(title.FirstSeries!.Next!), FeedbackKind.Hold, 0));
        string[] held = [Name(property.FirstSeries!), Name(title.FirstSeries!.Next!)];
        Advance(state, Failing(7_000_000, "late"));

        Advance(state, Failing(7_300_000, "new"));

        Assert.Equal(
            new[] { "late", "new" }.Concat(held).Distinct().Order(StringComparer.Ordinal), Types(property).Order(StringComparer.Ordinal));
        Assert.Equal(Types(property).Order(StringComparer.Ordinal), Types(title).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Forget_AnErrorType_LearnsItAnewInThePropertyAndItsTitles()
    {
        var state = new WindowState(new WindowOptions { MinimumViews = 100, NestedViews = [50] }, new BaselineOptions());
        for (var i = 0; i < 20; i++)
            Advance(state, Of(i * 1000, Traffic("a", "t", 50, 2)));
        var property = state.FindProperty("a"u8)!;
        ErrorSeries[] all = [property.FirstSeries!, state.FindTitle(property, "t"u8)!.FirstSeries!];
        Assert.All(all, series => Assert.True(series.Learned > 0 && series.WindowErrors > 0));

        state.Forget(all[0]);

        Assert.All(all, series => Assert.Equal((0.0, 0, 0L), (series.Learned, series.WindowErrors, series.Latest(100).Views)));
        Assert.Equal(1000, property.Position);
    }

    /// <summary>The order of titles is that of a state which has never known the forgotten one.</summary>
    [Fact]
    public void Forget_TheNewestTitle_NumbersTheNextAsARestoreDoes()
    {
        var state = Properties(10);
        Advance(state, Of(0, Traffic("a", "t", 3)), Of(1000, Traffic("a", "u", 3)));

        state.Forget(state.FindTitle(state.FindProperty("a"u8)!, "u"u8)!);
        Advance(state, Of(2000, Traffic("a", "v", 3)));

        var title = state.FindTitle(state.FindProperty("a"u8)!, "v"u8)!;
        Assert.Equal(state.FindTitle(state.FindProperty("a"u8)!, "t"u8)!.TouchSequence + 1, title.TouchSequence);
    }

    private static PaneRelease Failing(long start, params IEnumerable<string> types) =>
        Of(start, types.SelectMany(type => Traffic("p", "t", 1, 1, type)));

    private static WindowState Properties(int maximum) => new(new WindowOptions { MaximumProperties = maximum }, new BaselineOptions());

    private static IEnumerable<TestView> Garbage(int from, int count) =>
        Enumerable.Range(from, count).Select(i => new TestView(0, $"garbage-{i}", $"t{i}"));

    private static IEnumerable<string> Known(WindowState state, params string[] names) =>
        names.Where(name => state.FindProperty(Encoding.UTF8.GetBytes(name)) is not null);

    private static string Name(ErrorSeries series) => Encoding.UTF8.GetString(series.Type);

    private static List<string> Types(Key key)
    {
        var types = new List<string>();
        for (var series = key.FirstSeries; series is not null; series = series.Next)
            types.Add(Name(series));
        return types;
    }
}
