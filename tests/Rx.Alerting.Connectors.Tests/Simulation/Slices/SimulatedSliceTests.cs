using Rx.Alerting.Connectors.Simulation;
using Rx.Alerting.Connectors.Simulation.Slices;

namespace Rx.Alerting.Connectors.Tests.Simulation.Slices;

/// <summary>Which slices hold the same views, and how many.</summary>
public sealed class SimulatedSliceTests
{
    private static readonly SimulatedProperty Property = new SimulatedWorld(new SimulationOptions()).Properties[0];

    [Fact]
    public void Same_OnlyOneDeviceHasTheBrowser_IsItsSystemAndItsPlayer() => Assert.Equal(
        [
            "operating_system=Roku OS",
            "player_name=Roku Video",
            "browser=Roku operating_system=Roku OS",
            "browser=Roku player_name=Roku Video",
            "operating_system=Roku OS player_name=Roku Video",
            "browser=Roku operating_system=Roku OS player_name=Roku Video",
        ],
        Same("browser=Roku"));

    [Fact]
    public void Same_PlayerOfSeveralBrowsers_IsNothingElse() => Assert.Empty(Same("player_name=Web Player"));

    [Fact]
    public void Same_BrowserOfOneOfTheSystemsDevices_IsTheBrowserWithItsSystem() => Assert.Equal(
        ["browser=Edge operating_system=Windows", "browser=Edge player_name=Web Player", Three("Edge", "Windows", "Web Player")],
        Same("browser=Edge"));

    [Fact]
    public void Same_Network_LiesInItsCountry() => Assert.Equal(["country=US asn=3209"], Same("asn=3209"));

    [Fact]
    public void Same_Combination_ReplacesEachValueByEqualOnes() => Assert.Equal(
        ["cdn=fastly country=US asn=3209"],
        Same("cdn=fastly", "asn=3209"));

    [Fact]
    public void Same_ThreeIndependentValues_AreNothingElse() =>
        Assert.Empty(Same("cdn=fastly", "country=US", "player_version=7.0.2"));

    [Fact]
    public void Same_AllViews_AreNothingElse() => Assert.Empty(SimulatedSlice.Whole.Same());

    [Fact]
    public void ShareIn_Dimension_AddsUpToAllViews()
    {
        foreach (var terms in SliceTerm.Of.Values)
            Assert.Equal(1, terms.Sum(term => term.Views.ShareIn(Property)), 12);
    }

    [Fact]
    public void ShareIn_IndependentValues_Multiply()
    {
        var (cdn, system) = (Term("cdn=fastly"), Term("operating_system=iOS"));

        Assert.Equal(
            cdn.Views.ShareIn(Property) * system.Views.ShareIn(Property),
            new SimulatedSlice(cdn, system).Views.ShareIn(Property),
            12);
    }

    [Fact]
    public void ShareIn_GeneratedViews_IsTheirShare()
    {
        var generator = new TrafficGenerator(Traffic.Small with { Views = 200_000, Properties = 1 });
        var views = Traffic.Generate(generator);

        foreach (var term in SliceTerm.Of.Values.SelectMany(terms => terms))
        {
            var share = term.Views.ShareIn(generator.World.Properties[0]);
            var bound = 5 * Math.Sqrt(share * (1 - share) / views.Count);
            Assert.InRange(views.Count(view => term.Views.Contains(view)) / (double)views.Count, share - bound, share + bound);
        }
    }

    private static string Three(string browser, string system, string player) =>
        $"browser={browser} operating_system={system} player_name={player}";

    private static SliceTerm Term(string text) =>
        SliceTerm.Of.Values.SelectMany(terms => terms).Single(term => Text(term.ToLabel()) == text);

    private static string Text(LabelDimension value) => $"{value.Name}={value.Value}";

    private static IEnumerable<string> Same(params string[] terms) => new SimulatedSlice([.. terms.Select(Term)])
        .Same()
        .Select(slice => string.Join(' ', slice.ToLabel().Select(Text)));
}
