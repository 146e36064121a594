using Rx.Alerting.Connectors.Framing;
using Rx.Alerting.Connectors.Simulation;

namespace Rx.Alerting.Connectors.Tests.Simulation;

public sealed class TrafficGeneratorTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(7, 1, 1)]
    [InlineData(12_345, 3, 2)]
    [InlineData(200_000, 5, 3)]
    public void TryNext_FiniteTraffic_GivesExactlyTheViewsAskedFor(long views, int properties, int days)
    {
        var traffic = Traffic.Generate(new SimulationOptions { Views = views, Properties = properties, Titles = 50, Days = days });

        Assert.Equal(views, traffic.Count);
    }

    [Fact]
    public void TryNext_FiniteTraffic_StaysWithinItsDaysAndGivesEveryIdOnce()
    {
        var traffic = Traffic.Generate(Traffic.Small);

        var start = Traffic.Small.Start.ToUnixTimeMilliseconds();
        Assert.All(traffic, view => Assert.InRange(view.EventTime, start, start + (Traffic.Small.Days * 86_400_000L) - 1));
        Assert.Equal(traffic.Count, traffic.Select(view => view.Id).Distinct().Count());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(30)]
    [InlineData(900)]
    public void TryNext_Disorder_NoViewLagsFurtherThanTheBound(int seconds)
    {
        var traffic = Traffic.Generate(Traffic.Small with { Disorder = TimeSpan.FromSeconds(seconds), Views = 300_000, Days = 1 });

        var newest = long.MinValue;
        var largest = 0L;
        foreach (var view in traffic)
        {
            newest = Math.Max(newest, view.EventTime);
            largest = Math.Max(largest, newest - view.EventTime);
        }

        Assert.InRange(largest, seconds * 900, seconds * 1000);
    }

    [Fact]
    public void TryNext_AnyDisorder_MakesTheSameViews()
    {
        var ordered = Traffic.Generate(Traffic.Small with { Disorder = TimeSpan.Zero });
        var shuffled = Traffic.Generate(Traffic.Small);

        Assert.NotEqual(ordered, shuffled);
        Assert.Equal(ordered.OrderBy(view => view.Id), shuffled.OrderBy(view => view.Id));
    }

    [Fact]
    public void TryNext_OrdinaryTraffic_FailsAtTheRatesOfItsProperties()
    {
        var options = Traffic.Small with { Views = 1_000_000, Days = 21, PropertyIncidentsPerDay = 0, TitleIncidentsPerDay = 0 };
        var generator = new TrafficGenerator(options);
        var traffic = Traffic.Generate(generator);

        foreach (var property in generator.World.Properties)
        {
            var views = traffic.Where(view => view.Property == property.Index).ToList();
            for (var i = 0; i < property.ErrorTypes.Length; i++)
            {
                var expected = property.BaseRates[i] * views.Count;
                var failed = views.Count(view => view.Outcome == Outcome.Failure && view.Error == property.ErrorTypes[i]);

                // Rates wander, so the ratio is bounded. The bound is wider where few are expected.
                Assert.InRange(failed, (0.7 * expected) - (4 * Math.Sqrt(expected)), (1.35 * expected) + (4 * Math.Sqrt(expected)));
            }

            Assert.DoesNotContain(
                views, view => view.Affected || (view.Outcome == Outcome.Failure && !property.ErrorTypes.Contains(view.Error)));
            Assert.InRange(views.Count(view => view.Outcome == Outcome.BusinessException) / (double)views.Count, 0.0005, 0.006);
        }
    }

    [Fact]
    public void TryNext_Titles_FollowZipf()
    {
        var options = Traffic.Small with { Views = 500_000, Properties = 2, Titles = 2000 };
        var generator = new TrafficGenerator(options);
        var counts = Traffic.Generate(generator).Where(view => view.Property == 0).CountBy(view => view.Title).ToDictionary();
        var property = generator.World.Properties[0];

        var views = counts.Values.Sum();
        Assert.InRange(views / 500_000.0, property.Share - 0.02, property.Share + 0.02);
        foreach (var rank in (int[])[0, 1, 3, 9, 30, 100])
        {
            var expected = views * property.TitleShare(rank);
            Assert.InRange(counts[property.FirstTitle + rank], expected - (5 * Math.Sqrt(expected)), expected + (5 * Math.Sqrt(expected)));
        }

        // Zipf's law: frequency falls as a power of the rank of about 1.
        Assert.InRange(Math.Log(property.TitleShare(0) / property.TitleShare(99)) / Math.Log(100), 0.85, 1.1);
    }

    [Fact]
    public void TryNext_DaysAndWeeks_FollowTheProfileOfTheProperty()
    {
        var options = Traffic.Small with { Views = 500_000, Properties = 1, Titles = 10, Days = 14 };
        var generator = new TrafficGenerator(options);
        var start = options.Start.ToUnixTimeMilliseconds();
        var byHour = new int[168];
        foreach (var view in Traffic.Generate(generator))
            byHour[(view.EventTime - start) / 3_600_000 % 168]++;

        for (var hour = 0; hour < 168; hour++)
        {
            var expected = 500_000 / 168.0 * generator.World.Properties[0].Profile.At(start + (hour * 3_600_000L) + 1_800_000);
            Assert.InRange(
                byHour[hour],
                expected - (5 * Math.Sqrt(expected)) - (0.03 * expected),
                expected + (5 * Math.Sqrt(expected)) + (0.03 * expected));
        }

        Assert.True(byHour.Max() > 2 * byHour.Min());
    }

    [Fact]
    public void TryNext_Endless_KeepsItsPaceAndGoesOnBreaking()
    {
        var generator = new TrafficGenerator(SimulationOptions.Demo with { Disorder = TimeSpan.Zero }, endless: true);
        var views = 0L;
        var affected = new HashSet<(int, byte)>();
        for (var minute = 0; minute < 48 * 60; minute++)
        {
            Assert.True(generator.TryNext(out var slice));
            views += slice.Length;
            foreach (ref readonly var view in slice)
            {
                if (view.Affected)
                    affected.Add((view.Property, view.Error));
            }
        }

        Assert.InRange(views, 0.7 * 2 * SimulationOptions.Demo.Views, 1.3 * 2 * SimulationOptions.Demo.Views);
        Assert.True(affected.Count >= 10, $"{affected.Count} kinds of incidents");
    }

    [Fact]
    public void Constructor_FaultyOptions_NamesEveryFault()
    {
        var options = new SimulationOptions
        {
            Views = 0,
            Properties = 0,
            Days = 0,
            Partitions = 0,
            Disorder = TimeSpan.FromDays(2),
            Format = (RecordFormat)9,
        };

        var fault = Assert.Throws<ArgumentException>(() => new TrafficGenerator(options));

        Assert.Equal(
            [
                "Simulation:Views", "Simulation:Properties", "Simulation:Days", "Simulation:Disorder", "Simulation:Partitions",
                "Simulation:Format",
            ],
            fault.Message.Split(Environment.NewLine).Select(line => line.Split(' ')[0]));
    }
}
