using System.Globalization;
using Rx.Alerting.Core.Explanations;
using Rx.Alerting.Core.Views;
using Rx.Alerting.Testing;

namespace Rx.Alerting.Core.Tests.Explanations;

/// <summary>What hostile streams cannot do to the circumstances of views.</summary>
public sealed class FacetBoundsTests
{
    private const long Second = 1000, Bound = 64 << 10;

    [Theory]
    [InlineData(1, 70)]
    [InlineData(20, 5)]
    public void Take_ThousandErrorTypes_KeepsWithin64KiB(int viewsOfType, int panes)
    {
        var state = new FacetState(1 << 30, _ => false);
        for (var i = 0; i < panes; i++)
            state.Take(FacetPane.Of(i * Second, Enumerable.Range(0, 1000 * viewsOfType).Select(view => Hostile(i, view, view % 1000))));

        Assert.InRange(state.RoomBytes, 1, Bound);
        Assert.InRange(FacetPane.Groups(state, "p").Max(groups => groups.Count), 1, 14);
    }

    /// <summary>Ten more panes of one minute: the latest bucket is never dropped, and must not grow without end.</summary>
    [Fact]
    public void Take_FailuresOnly_KeepsTheLatestBucketSmall()
    {
        var state = new FacetState(1 << 30, _ => false);
        for (var i = 0; i < 130; i++)
            state.Take(FacetPane.Of(i * Second, Enumerable.Range(0, 300).Select(view => Hostile(i, view, view % 40))));

        Assert.InRange(state.RoomBytes, 1, Bound);
    }

    /// <summary>One failure an hour, and hardly a view beside it: a bucket for every hour.</summary>
    [Fact]
    public void Take_OneFailureAnHourForMonths_KeepsWithin64KiB()
    {
        var state = new FacetState(1 << 30, _ => false);
        for (var i = 0; i < 3000; i++)
            state.Take(FacetPane.Of(i * 3_600_000L, [Hostile(i, i, i % 3)]));

        Assert.InRange(state.RoomBytes, 1, Bound);
    }

    [Fact]
    public void Take_ErrorTypesBeyondTheBound_KeepsThoseWithMostFailures()
    {
        var state = new FacetState(1 << 30, _ => false);
        for (var i = 0; i < 30; i++)
        {
            state.Take(FacetPane.Of(i * Second, Enumerable.Range(0, 1000).Select(view => Hostile(i, view, view))
                .Concat(Enumerable.Range(0, 20).Select(view => Hostile(i, 5000 + view, 7777)))));
        }

        var explained = state.Explain(new(KeyHash.Of("p"), null, KeyHash.Of("type-7777"), 0, 0.001));
        Assert.NotNull(explained);
        var groups = FacetPane.Groups(state, "p")[^1];
        var weights = groups.Where(group => group.Failed).Sum(group => group.Views);
        Assert.InRange(groups.Single(group => group.Type.AsSpan().SequenceEqual("type-7777"u8)).Views, 300, 1300);
        Assert.InRange(weights, 15_000, 60_000); // 30,600 views failed. Those of the types that are not told apart still count.
    }

    /// <summary>Work is counted by how many properties are asked about.</summary>
    [Fact]
    public void Take_AllPropertiesHaveIncidents_StaysWithinTheBoundAndRarelyLooksThroughAll()
    {
        const long Bytes = 4 << 20;
        const int Panes = 2000;
        var asked = 0L;
        var state = new FacetState(Bytes, _ => asked++ >= 0);
        for (var i = 0; i < Panes; i++)
        {
            state.Take(FacetPane.Of(i * Second, Enumerable.Range(0, 20).Select(view => Hostile(i, view, 0) with { Property = $"p{i}" })));
            Assert.InRange(state.RoomBytes, 0, Bytes);
        }

        Assert.InRange(state.Evictions, Panes / 2, Panes);
        Assert.InRange(asked, Panes, 20 * Panes);
    }

    [Fact]
    public void Take_BeyondTheBound_ForgetsThoseNotSeenForLongestAlsoAfterARestore()
    {
        const long Bytes = 400_000;
        var state = new FacetState(Bytes, _ => false, tracksChanges: true);
        var restored = new FacetState(Bytes, _ => false, tracksChanges: true);
        Take(state, 0, 15);
        FacetPane.Copy(state, restored);

        Take(state, 15, 80);
        Take(restored, 15, 80);

        Assert.True(state.Evictions > 20);
        Assert.Equal(Kept(state), Kept(restored));
        Assert.Contains(0, Kept(state));

        // Property 0 comes again and again; the others once.
        static void Take(FacetState state, int from, int to)
        {
            for (var i = from; i < to; i++)
            {
                state.Take(FacetPane.Of(i * Second, Enumerable.Range(0, 40).Select(view =>
                    Hostile(i, view, 0) with { Property = $"p{(view % 2 == 0 ? 0 : i)}" })));
            }
        }

        static List<int> Kept(FacetState state) => [.. Enumerable.Range(0, 80).Where(i => state.Find(KeyHash.Of($"p{i}")) is not null)];
    }

    /// <summary>A failed view with values that no other view has.</summary>
    private static TestView Hostile(int pane, int number, int type) => new(
        pane * Second,
        "p",
        $"title-{pane}-{number}-{new string('t', 50)}",
        $"type-{type}{(type == 7777 ? "" : new string('x', 300))}",
        "",
        string.Join(' ', Enum.GetValues<Dimension>().Select(dimension => string.Create(
            CultureInfo.InvariantCulture, $"{DimensionNames.Of(dimension)}={pane}-{number}-{new string('x', 50)}"))));
}
