using Rx.Alerting.Core.Explanations;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Testing;

namespace Rx.Alerting.Core.Tests.Pipeline;

/// <summary>Incidents say which views fail.</summary>
public sealed class ExplanationTests
{
    private const int Ordinary = 12_000;

    private static readonly string[] Cdns = ["fastly", "akamai", "lumen"];
    private static readonly string[] Countries = ["US", "BR", "DE", "IN"];

    /// <summary>Ordinary views, then views that fail as a rule says.</summary>
    private static List<TestView> Traffic(int after, Func<View, int, double> rate, ulong seed = 7)
    {
        var random = new SplitMix(seed);
        var views = new List<TestView>();
        for (var i = 0; i < Ordinary + after; i++)
        {
            var view = new View(
                Cdns[random.Next(3)], Countries[random.Next(4)], random.Next(20), $"u{random.Next(100_000)}", random.Next(500));
            var failing = random.NextDouble() < 0.005 || (i >= Ordinary && random.NextDouble() < rate(view, i - Ordinary));
            views.Add(new(
                TestTraffic.Start + (i * 700L),
                "shop",
                $"t{view.Title}",
                failing ? "network" : "",
                "",
                $"cdn={view.Cdn} country={view.Country} asn={view.Asn} viewer_user_id={view.Viewer}"));
        }

        return views;
    }

    /// <summary>The views in six properties at once.</summary>
    private static IEnumerable<TestView> InSixShops(List<TestView> views) =>
        Enumerable.Range(0, 6).SelectMany(i => views.Select(view => view with { Property = $"shop-{i}", Time = view.Time + i }))
            .OrderBy(view => view.Time);

    private static List<Incident> OfShop(IEnumerable<TestView> views) =>
        [.. PipelineRun.Of(views).Select(change => change.Incident).Where(incident => incident is { PropertyId: "shop", VideoId: null })];

    private static string Cause(Incident incident) => IncidentWords.Cause(incident) ?? "none";

    [Theory]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    public void Incident_CdnThatFailsOver500Titles_IsNamedByThe40thAffectedView(ulong seed)
    {
        var told = OfShop(Traffic(2000, (view, _) => view.Cdn == "akamai" ? 0.5 : 0, seed));

        var first = told.First(incident => Cause(incident) != "none");
        Assert.Equal("cdn=akamai", Cause(first));
        Assert.InRange(first.AffectedViews, 1, 40);
        var best = told[^1].Explanations[0];
        Assert.InRange(best.Share, 0.9, 1);
        Assert.InRange(best.ErrorRate, 0.3, 0.7);
        Assert.InRange(best.NormalRate, 0.002, 0.01);
        Assert.InRange(best.Lift, 30, 200);
        Assert.Contains(told[^1].Breakdowns, breakdown => breakdown is { Name: "cdn", Value: "akamai" });
    }

    [Fact]
    public void Incident_CombinationThatFails_IsNamedAsACombination()
    {
        var told = OfShop(Traffic(4000, (view, _) => view is { Cdn: "lumen", Country: "BR" } ? 0.8 : 0));

        Assert.Equal("cdn=lumen and country=BR", Cause(told[^1]));
    }

    [Fact]
    public void Incident_OneViewerWithNearlyAllFailures_NamesTheViewer()
    {
        var views = Traffic(3000, (_, _) => 0).Select((view, i) => i > Ordinary && i % 10 == 0
            ? view with { ErrorType = "network", Slice = view.Slice[..view.Slice.LastIndexOf('=')] + "=again" }
            : view);

        Assert.Equal("viewer_user_id=again", Cause(OfShop(views)[^1]));
    }

    [Fact]
    public void Incident_OneNetworkWithNearlyAllFailures_NamesTheNetwork() =>
        Assert.Equal("asn=11", Cause(OfShop(Traffic(4000, (view, _) => view.Asn == 11 ? 0.9 : 0))[^1]));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Incident_AllViewsFailAlike_NamesNoSlice(ulong seed)
    {
        var told = OfShop(Traffic(3000, (_, _) => 0.3, seed));

        Assert.All(told, incident => Assert.Equal("none", Cause(incident)));
        Assert.Equal(ExplainedBy.None, told[^1].ExplainedBy);
    }

    [Fact]
    public void Incident_ThatGrowsFromOneCdnToAll_SaysSo()
    {
        var told = OfShop(Traffic(6000, (view, i) => view.Cdn == "akamai" || i > 2000 ? 0.5 : 0));

        Assert.Contains(told, incident => incident.Reason == IncidentReason.CauseFound || Cause(incident) == "cdn=akamai");
        Assert.Equal("none", Cause(told[^1]));
        Assert.Contains(told, incident => incident.Reason == IncidentReason.CauseLost);
    }

    [Fact]
    public void Incidents_OfOneCdnInManyProperties_NameEachOtherAndThePlatformsCause()
    {
        var one = Traffic(3000, (view, _) => view.Cdn == "fastly" ? 0.6 : 0);

        var incidents = PipelineRun.Final(PipelineRun.Of(InSixShops(one)));

        var platform = incidents.Single(incident => incident.Level == IncidentLevel.Platform);
        Assert.Equal("cdn=fastly", Cause(platform));
        Assert.Equal(6, platform.AffectedProperties);
        var properties = incidents.Where(incident => incident is { Level: IncidentLevel.Property }).ToList();
        Assert.Equal(6, properties.Count);
        Assert.Contains(properties, property => property.Similar.Count == 5);
        Assert.All(properties, property => Assert.DoesNotContain(property.Id, property.Similar));
    }

    /// <summary>Fresh figures of every five minutes do not bring the other cause in silence.</summary>
    [Fact]
    public void Platform_WhoseCauseChanges_TellsTheOtherCauseWithMoreEvidence()
    {
        var one = Traffic(12_000, (view, i) => view.Cdn == (i < 4500 ? "fastly" : "akamai") ? 0.6 : 0);

        var changes = PipelineRun.Of(InSixShops(one)).Where(change => change.Incident.Level == IncidentLevel.Platform).ToList();

        var (transition, other) = changes.First(change => Cause(change.Incident) == "cdn=akamai");
        Assert.Equal((IncidentTransition.Updated, IncidentReason.CauseFound), (transition, other.Reason));
    }

    [Fact]
    public void Incident_WithoutCircumstances_IsNotExplained()
    {
        var told = OfShop(Traffic(2000, (_, _) => 0.4).Select(view => view with { Slice = "", Title = "" }));

        Assert.NotEmpty(told);
        Assert.All(told, incident => Assert.Equal("none", Cause(incident)));
    }

    private readonly record struct View(string Cdn, string Country, int Asn, string Viewer, int Title);
}
