using Rx.Alerting.Connectors.Framing;
using Rx.Alerting.Connectors.Simulation;

namespace Rx.Alerting.Connectors.Tests.Simulation.Slices;

public sealed class AlwaysWorseTests
{
    [Fact]
    public void World_Properties_SomeHaveAValueThatIsAlwaysWorse()
    {
        var worlds = Enumerable.Range(1, 20).Select(seed => new SimulatedWorld(new SimulationOptions { Seed = seed }));
        var properties = worlds.SelectMany(world => world.Properties).ToList();
        var worse = properties.FindAll(property => property.AlwaysWorse is not null);

        Assert.InRange(worse.Count / (double)properties.Count, 0.25, 0.4);
        Assert.Equal(
            ["browser", "cdn", "country", "operating_system", "player_version"],
            worse.Select(property => property.AlwaysWorse!.Term.Name).Distinct().Order());
        Assert.All(worse, property => Assert.InRange(property.AlwaysWorse!.Term.Views.ShareIn(property), 0.03, 0.5));
    }

    [Fact]
    public void OrdinaryTraffic_ViewsWithTheValue_FailTwoToFiveTimesAsOften()
    {
        var generator = new TrafficGenerator(
            Traffic.Small with { Views = 1_000_000, PropertyIncidentsPerDay = 0, TitleIncidentsPerDay = 0 });
        var views = Traffic.Generate(generator);
        var worse = generator.World.Properties.Where(property => property.AlwaysWorse is not null).ToList();

        Assert.NotEmpty(worse);
        foreach (var property in worse)
        {
            var byValue = views.Where(view => view.Property == property.Index)
                .ToLookup(view => property.AlwaysWorse!.Term.Views.Contains(view), view => view.Outcome == Outcome.Failure);
            var (failed, failedElsewhere) = (byValue[true].Count(failure => failure), byValue[false].Count(failure => failure));
            var times = (double)failed / byValue[true].Count() * byValue[false].Count() / failedElsewhere;
            var deviation = times * Math.Sqrt((1.0 / failed) + (1.0 / failedElsewhere));
            Assert.InRange(times, 2 - (4 * deviation), 5 + (4 * deviation));
        }
    }

    [Fact]
    public void Labels_AlwaysWorse_IsThatOfThePropertyInEveryWord()
    {
        var generator = new TrafficGenerator(Traffic.Small with { Properties = 24, PropertyIncidentsPerDay = 3 });
        Traffic.Generate(generator);

        foreach (var label in generator.Labels)
        {
            var property = generator.World.Properties.Single(
                property => SimulatedNames.Property(RecordFormat.MuxJson, property.Index) == label.PropertyId);
            Assert.Equal(property.AlwaysWorse?.Term.ToLabel(), label.AlwaysWorse.Count == 0 ? null : label.AlwaysWorse[0]);
        }

        Assert.All(
            generator.Labels.Where(label => label.AlwaysWorse.Any(value => value is { Name: "browser", Value: "Roku" })),
            label => Assert.Contains(new LabelDimension("operating_system", "Roku OS"), label.AlwaysWorse));
        Assert.Contains(generator.Labels, label => label.AlwaysWorse.Count > 0);
        Assert.Contains(generator.Labels, label => label.AlwaysWorse.Count == 0);
    }
}
