using Rx.Alerting.Connectors.Framing;
using Rx.Alerting.Connectors.Simulation;

namespace Rx.Alerting.Connectors.Tests.Simulation;

public sealed class InjectedIncidentTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Labels_DefaultTraffic_AreNumerousAndOfManyShapes(long seed)
    {
        var generator = new TrafficGenerator(new SimulationOptions { Seed = seed });
        var traffic = Traffic.Generate(generator);
        var labels = generator.Labels;

        // Fifty incidents may lack one of the rarer shapes.
        Assert.InRange(labels.Select(label => label.Shape).Distinct().Count(), 9, 10);
        Assert.InRange(labels.Count(label => label.Kind == IncidentScope.Property), 42, 51);
        Assert.InRange(labels.Count(label => label.Kind == IncidentScope.Title), 42, 51);
        Assert.True(labels.Count(label => label is { Kind: IncidentScope.Property, AffectedViews: >= 300 }) >= 25);
        Assert.True(labels.Count(label => label is { Kind: IncidentScope.Title, AffectedViews: >= 8 }) >= 35);
        Assert.Equal(traffic.Count(view => view.Affected), labels.Sum(label => label.AffectedViews));
    }

    [Fact]
    public void Labels_AllShapes_HaveSlicesOfAsManyValuesAsTheyTell()
    {
        var generator = new TrafficGenerator(Traffic.Small with { Views = 300_000, PropertyIncidentsPerDay = 5 });
        Traffic.Generate(generator);
        var sizes = generator.Labels.ToLookup(label => label.Shape, label => label.Slice.Count);

        Assert.Equal(Enum.GetValues<IncidentShape>(), sizes.Select(shape => shape.Key).Order());
        Assert.All(sizes[IncidentShape.OneCdn], size => Assert.Equal(1, size));
        Assert.All(sizes[IncidentShape.OneCountry], size => Assert.Equal(1, size));
        Assert.All(sizes[IncidentShape.OneGroup], size => Assert.Equal(1, size));
        Assert.Equal([2, 3], sizes[IncidentShape.Combination].Distinct().Order());
        Assert.All(sizes[IncidentShape.Step].Concat(sizes[IncidentShape.OneTitle]), size => Assert.Equal(0, size));
        Assert.Equal(
            ["asn", "browser", "cdn", "country", "operating_system", "player_version", "stream_type"],
            generator.Labels.SelectMany(label => label.Slice).Select(value => value.Name).Distinct().Order());
    }

    [Fact]
    public void Labels_NormalRate_IsThatOfThePropertyAndErrorType()
    {
        var generator = new TrafficGenerator(Traffic.Small with { PropertyIncidentsPerDay = 5 });
        Traffic.Generate(generator);
        var rates = generator.World.Properties.SelectMany(property => property.ErrorTypes.Zip(property.BaseRates, (type, rate) => (
                Property: SimulatedNames.Property(RecordFormat.MuxJson, property.Index),
                ErrorType: SimulatedNames.ErrorType(RecordFormat.MuxJson, type),
                Rate: rate)))
            .ToDictionary(rate => (rate.Property, rate.ErrorType), rate => rate.Rate);

        Assert.Contains(generator.Labels, label => label.NormalRate > 0);
        Assert.Contains(generator.Labels, label => label.NormalRate == 0);
        Assert.All(
            generator.Labels,
            label => Assert.Equal(rates.GetValueOrDefault((label.PropertyId, label.ErrorType)), label.NormalRate));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Labels_SamePropertyAndErrorType_NeverOverlap(long seed)
    {
        var generator = new TrafficGenerator(Traffic.Small with { Seed = seed, PropertyIncidentsPerDay = 5, TitleIncidentsPerDay = 5 });
        Traffic.Generate(generator);

        var start = Traffic.Small.Start + Traffic.Small.Quiet;
        Assert.All(
            generator.Labels,
            label => Assert.True(label.StartedAt >= start && label.EndedAt <= Traffic.Small.Start.AddDays(Traffic.Small.Days)));
        foreach (var same in generator.Labels.GroupBy(label => (label.PropertyId, label.ErrorType)))
        {
            foreach (var (before, after) in same.Zip(same.Skip(1)))
                Assert.True(before.EndedAt.AddHours(6) <= after.StartedAt);
        }
    }

    [Fact]
    public void Labels_ViewsAfter_AreTheViewsOfTwoHours()
    {
        var generator = new TrafficGenerator(Traffic.Small with { PropertyIncidentsPerDay = 2, TitleIncidentsPerDay = 2 });
        var names = generator.World.Names;
        var views = Traffic.Generate(generator)
            .Select(view => (
                view.EventTime,
                Property: SimulatedNames.Property(RecordFormat.MuxJson, view.Property),
                Video: names.Video(RecordFormat.MuxJson, view.Property, view.Title)))
            .ToList();

        Assert.Contains(generator.Labels, label => label is { Kind: IncidentScope.Title, ViewsAfter: > 0 });
        Assert.All(generator.Labels, label => Assert.Equal(
            views.Count(view => view.Property == label.PropertyId
                && (label.VideoId ?? view.Video) == view.Video
                && view.EventTime >= label.EndedAt.ToUnixTimeMilliseconds()
                && view.EventTime < label.EndedAt.AddHours(2).ToUnixTimeMilliseconds()),
            label.ViewsAfter));
    }

    [Fact]
    public void LevelAt_Trapezium_RisesHoldsAndFalls()
    {
        var incident = new InjectedIncident
        {
            Number = 0,
            Shape = IncidentShape.Ramp,
            Property = 0,
            ErrorType = 0,
            TrafficShare = 1,
            Level = 0.8,
            Start = 100,
            Full = 200,
            Ebb = 300,
            End = 340,
        };

        Assert.Equal([0, 0, 0.4, 0.8, 0.8, 0.4, 0], ((long[])[99, 100, 150, 200, 299, 320, 340]).Select(incident.LevelAt));
    }
}
