using System.Globalization;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Explanations;
using Rx.Alerting.Core.Views;
using Rx.Alerting.Testing;

namespace Rx.Alerting.Core.Tests.Explanations;

public sealed class FacetStateTests
{
    private const long Second = 1000;

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
            state.Take(FacetPane.Of(i * Second, Enumerable.Range(0, 100).Select(view => Hostile(i * Second, (i * 100) + view, "p"))));

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
            state.Take(FacetPane.Of(i * Second, Enumerable.Range(0, 20).Select(view => Hostile(i * Second, (i * 20) + view, $"p{i}"))));
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
            state.Take(FacetPane.Of(i * Second, Enumerable.Range(0, 20).Select(view => Hostile(i * Second, (i * 20) + view, $"p{i}"))));

        Assert.NotNull(state.Find(held));
        Assert.Null(state.Find(KeyHash.Of("p1")));
    }

    /// <summary>Values come, are pushed out, and come again; some views say nothing.</summary>
    private static IEnumerable<TestView> Churning(int pane, SplitMix random) => Enumerable.Range(0, 60).Select(view => new TestView(
        (pane * Second) + view,
        $"p{random.Next(3)}",
        "",
        random.Next(3) > 0 ? $"type-{random.Next(2)}" : "",
        "",
        random.Next(9) == 0 ? "" : $"cdn=c{random.Next(4)} viewer_user_id=u{random.Next(20 * (1 + (pane % 7)))}"));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Load_WhatSavesOfChangesHaveWritten_GoesOnAsIfNothingHadHappened(int seed)
    {
        var (random, store, changes) = (new SplitMix((ulong)seed), new Dictionary<StateKey, byte[]>(), new ChangeWriter());
        var state = new FacetState(1 << 20, _ => false, tracksChanges: true);
        for (var i = 0; i < 400; i++)
        {
            state.Take(FacetPane.Of(i * Second, Churning(i, random)));
            if (i % 7 == 0)
                Commit();
        }

        Commit();
        var restored = new FacetState(1 << 20, _ => false, tracksChanges: true);
        foreach (var section in FacetState.Layout.Sections)
        {
            foreach (var (key, value) in store.Where(entry => entry.Key.Section == section))
                ((IOperatorState)restored).Load(key, new StateReader(value));
        }

        ((IOperatorState)restored).EndLoad();

        Assert.Equal(Whole(state), Whole(restored));
        Assert.Equal(state.RoomBytes, restored.RoomBytes);
        for (var i = 400; i < 600; i++)
        {
            var views = Churning(i, random).ToList();
            state.Take(FacetPane.Of(i * Second, views));
            restored.Take(FacetPane.Of(i * Second, views));
        }

        Assert.Equal(Whole(state), Whole(restored));
        Assert.Equal(state.RoomBytes, restored.RoomBytes);

        void Commit()
        {
            state.Save(changes, everything: false);
            var built = changes.Build();
            foreach (var (key, value) in built.Written)
                store[key] = value.ToArray();
            foreach (var key in built.Removed)
                Assert.True(store.Remove(key));
            changes.Clear();
        }
    }

    private static List<string> Whole(FacetState state)
    {
        var changes = new ChangeWriter();
        state.Save(changes, everything: true);
        return [.. changes.Build().Written.Select(entry => $"{entry.Key} {Convert.ToHexString(entry.Value.Span)}").Order()];
    }

    /// <summary>Views that are the same have one hash, so no level makes them fewer.</summary>
    [Fact]
    public void Take_ThousandsOfTheSameView_EndsAndKeepsFew()
    {
        var state = new FacetState(1 << 30, _ => false);

        for (var i = 0; i < 20; i++)
            state.Take(FacetPane.Of(i * Second, Enumerable.Repeat(new TestView(i * Second, "p", "t", "network", "", "cdn=c"), 2000)));

        Assert.InRange(state.RoomBytes, 1, 64 << 10);
    }

    /// <summary>A commit that is due for its size must not come too late.</summary>
    [Fact]
    public void ChangedBytes_BeforeASave_IsAboutWhatTheSaveWrites()
    {
        IOperatorState state = new FacetState(1 << 30, _ => false, tracksChanges: true);
        var changes = new ChangeWriter();
        Assert.Equal(0, state.ChangedBytes);
        for (var i = 0; i < 40; i++)
        {
            ((FacetState)state).Take(FacetPane.Of(i * Second, Enumerable.Range(0, 900).Select(view =>
                Hostile(i * Second, (i * 1000) + view, $"p{view % 50}"))));
            var guessed = state.ChangedBytes;
            state.Save(changes, everything: false);
            if (i > 2)
                Assert.InRange(guessed, changes.Length / 2, changes.Length * 2);
            Assert.Equal(0, state.ChangedBytes);
            changes.Clear();
        }
    }

    [Fact]
    public void Forget_AProperty_RemovesAllItsEntries()
    {
        var state = new FacetState(1 << 30, _ => false, tracksChanges: true);
        state.Take(FacetPane.Of(0, Enumerable.Range(0, 50).Select(view => Hostile(0, view, "p"))));
        var changes = new ChangeWriter();
        state.Save(changes, everything: false);
        changes.Clear();

        state.Forget(KeyHash.Of("p"));

        state.Save(changes, everything: false);
        Assert.Equal(2, changes.Build().Removed.Count);
        Assert.Equal((0, 0), (state.Count, state.RoomBytes));
    }
}
