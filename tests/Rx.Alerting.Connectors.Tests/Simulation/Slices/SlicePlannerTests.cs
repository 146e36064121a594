using Rx.Alerting.Connectors.Simulation;
using Rx.Alerting.Connectors.Simulation.Slices;

namespace Rx.Alerting.Connectors.Tests.Simulation.Slices;

public sealed class SlicePlannerTests
{
    private static readonly string[][] Dependent =
        [["country", "asn"], ["browser", "operating_system"], ["cdn"], ["player_version"], ["stream_type"]];

    [Fact]
    public void Draw_Combination_NamesIndependentDimensionsThatEachSaySomething()
    {
        var slices = Draw(IncidentShape.Combination, out var properties);

        Assert.True(slices.Count > 100, $"{slices.Count} drawn");
        Assert.All(slices, drawn =>
        {
            Assert.InRange(drawn.Slice.Views.ShareIn(properties[drawn.Property]), 0.06, 0.75 * 0.75);
            Assert.All(drawn.Slice.Terms, term => Assert.InRange(term.Views.ShareIn(properties[drawn.Property]), 0.06, 0.75));
            Assert.All(Dependent, names => Assert.True(drawn.Slice.Terms.Count(term => names.Contains(term.Name)) <= 1));
        });
    }

    [Fact]
    public void Draw_OneGroup_NamesEveryDimensionButCdnAndCountry()
    {
        var slices = Draw(IncidentShape.OneGroup, out _);

        Assert.Equal(
            ["asn", "browser", "operating_system", "player_version", "stream_type"],
            slices.Select(drawn => Assert.Single(drawn.Slice.Terms).Name).Distinct().Order());
    }

    [Fact]
    public void Draw_WholeProperty_IsAllViews() =>
        Assert.All(Draw(IncidentShape.WholeProperty, out _), drawn => Assert.Empty(drawn.Slice.Terms));

    private static List<(int Property, SimulatedSlice Slice)> Draw(IncidentShape shape, out SimulatedProperty[] properties)
    {
        var planner = new SlicePlanner(new SimulationRandom(seed: 3, stream: 0));
        var drawn = new List<(int, SimulatedSlice)>();
        properties = new SimulatedWorld(new SimulationOptions()).Properties;
        foreach (var story in IncidentStory.OfProperties.Where(story => story.Shape == shape))
        {
            foreach (var property in properties)
            {
                for (var i = 0; i < 100; i++)
                {
                    if (planner.Draw(story, property) is { } slice)
                        drawn.Add((property.Index, slice));
                }
            }
        }

        return drawn;
    }
}
