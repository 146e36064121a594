using System.Globalization;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Explanations;
using Rx.Alerting.Core.Panes;
using Rx.Alerting.Core.Views;
using Rx.Alerting.Testing;

namespace Rx.Alerting.Core.Tests.Explanations;

public sealed class FacetStateTests
{
    private const long Second = 1000;

    private static PaneRelease Pane(long start, IEnumerable<TestView> views)
    {
        var pane = new Pane();
        pane.Reset(start, start + Second);
        var batch = TestBatches.Of("p", views);
        foreach (ref readonly var view in batch.Views)
            pane.Add(batch, view);
        return new(pane, pane.End - 1);
    }

    /// <summary>Every view has values that no other view has.</summary>
    private static TestView Hostile(long time, int number, string property) => new(
        time,
        property,
        $"title-{number}-{new string('t', 200)}",
        number % 2 == 0 ? "network" : "",
        "",
        string.Join(' ', Enum.GetValues<Dimension>().Select(dimension =>
            string.Create(CultureInfo.InvariantCulture, $"{DimensionNames.Of(dimension)}={number}-{new string('x', 300)}"))));

    [Fact]
    public void Take_ViewsWithNewValuesEachTime_KeepsWithin64KiB()
    {
        var state = new FacetState(1 << 30, _ => false);
        for (var i = 0; i < 600; i++)
            state.Take(Pane(i * Second, Enumerable.Range(0, 100).Select(view => Hostile(i * Second, (i * 100) + view, "p"))));

        Assert.InRange(state.RoomBytes, 1, 64 << 10);
    }

    [Fact]
    public void Take_ManyHostileProperties_StaysWithinTheBound()
    {
        const long Bound = 2 << 20;
        var state = new FacetState(Bound, _ => false, tracksChanges: true);
        var changes = new ChangeWriter();
        for (var i = 0; i < 2000; i++)
        {
            state.Take(Pane(i * Second, Enumerable.Range(0, 20).Select(view => Hostile(i * Second, (i * 20) + view, $"p{i}"))));
            Assert.InRange(state.RoomBytes, 0, Bound);
        }

        state.Save(changes, everything: false);
        Assert.Equal(state.Count, changes.Build().Written.Count(entry => entry.Key.Section == StateSections.Facets));
    }

    [Fact]
    public void Take_BeyondTheBound_ForgetsNoPropertyWithAnIncident()
    {
        var held = KeyHash.Of("p0");
        var state = new FacetState(100_000, property => property == held);
        for (var i = 0; i < 500; i++)
            state.Take(Pane(i * Second, Enumerable.Range(0, 20).Select(view => Hostile(i * Second, (i * 20) + view, $"p{i}"))));

        Assert.NotNull(state.Find(held));
        Assert.Null(state.Find(KeyHash.Of("p1")));
    }

    [Fact]
    public void Forget_AProperty_RemovesAllItsEntries()
    {
        var state = new FacetState(1 << 30, _ => false, tracksChanges: true);
        state.Take(Pane(0, Enumerable.Range(0, 50).Select(view => Hostile(0, view, "p"))));
        var changes = new ChangeWriter();
        state.Save(changes, everything: false);
        changes.Clear();

        state.Forget(KeyHash.Of("p"));

        state.Save(changes, everything: false);
        Assert.Equal(2, changes.Build().Removed.Count);
        Assert.Equal((0, 0), (state.Count, state.RoomBytes));
    }
}
