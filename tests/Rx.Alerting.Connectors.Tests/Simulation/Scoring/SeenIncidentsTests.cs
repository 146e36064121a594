using Rx.Alerting.Connectors.Simulation.Scoring;
using static Rx.Alerting.Connectors.Tests.Simulation.ScoreCases;
using static Rx.Alerting.Connectors.Tests.Simulation.Scoring.LifecycleCases;

namespace Rx.Alerting.Connectors.Tests.Simulation.Scoring;

public sealed class SeenIncidentsTests
{
    [Fact]
    public void Score_Changes_AreThoseOfIncidentsThatPeopleSee()
    {
        var part = OfTitle(6, 60) with { Inhibited = true, ParentId = "p", Changes = 100 };

        var report = Score([Property], OfProperty(0, 60) with { Changes = 11 }, OfProperty(70, 80, "b") with { Changes = 12 }, part);

        Assert.Equal(new Spread(2, 11, 12, 12), report.Lifecycle.ChangesPerIncident);
        Assert.Contains("changes of one incident: median 11, 10 allowed", report.Shortcomings);
    }

    [Theory]
    [InlineData(10, 20, 1)]
    [InlineData(0, 5, 1)]
    [InlineData(61, 70, 0)]
    [InlineData(181, 190, 0)]
    public void Score_PropertyIncidentBesideItsBrokenTitle_IsExplainedIfTheyOverlap(int from, int to, int explained)
    {
        var report = Score([Title], OfTitle(5, 60), OfProperty(from, to));

        Assert.Equal(new Part(explained, 1), report.Lifecycle.Explained);
    }

    [Fact]
    public void Score_TitleIsAPart_StillExplainsThePropertysIncident()
    {
        var report = Score([Title], OfTitle(5, 60) with { Inhibited = true, ParentId = "p" }, OfProperty(10, null));

        Assert.Equal(new Part(1, 1), report.Lifecycle.Explained);
        Assert.Contains("properties' incidents that one title explains: 100.0 %, 2.0 % allowed", report.Shortcomings);
    }

    [Fact]
    public void Score_PropertyIncidentOfItsOwnLabel_IsNotExplained()
    {
        Assert.Equal(new Part(0, 1), Score([Title, Property], OfTitle(5, 60), OfProperty(10, 60)).Lifecycle.Explained);
        Assert.Equal(new Part(0, 1), Score([Property], OfTitle(5, 60), OfProperty(10, 60)).Lifecycle.Explained);
    }

    [Fact]
    public void Score_AnotherTitleOrErrorType_ExplainsNothing()
    {
        Assert.Equal(new Part(0, 1), Score([Title], OfTitle(5, 60, "x", "x"), OfProperty(10, 60)).Lifecycle.Explained);
        Assert.Equal(new Part(0, 1), Score([Title], OfTitle(5, 60), OfProperty(10, 60) with { ErrorType = "2002" }).Lifecycle.Explained);
    }

    [Fact]
    public void Score_PartsOfThePlatform_AreNotAmongThePropertysIncidents()
    {
        var part = OfProperty(10, 60) with { Inhibited = true, ParentId = "platform" };

        Assert.Equal(new Part(0, 0), Score([Title], OfTitle(5, 60), part).Lifecycle.Explained);
    }

    [Theory]
    [InlineData(61, 0)]
    [InlineData(62, 1)]
    [InlineData(null, 1)]
    public void Score_TitleEndsAtMinute_OutlivesItsParentByMoreThanAMinute(int? minute, int outliving)
    {
        var child = OfTitle(6, minute) with { ParentId = "p" };

        Assert.Equal(new Part(outliving, 1), Score([], OfProperty(5, 60), child).Lifecycle.Outliving);
        Assert.Equal(new Part(outliving, 1), Score([Property], OfProperty(5, 60), OfTitle(6, minute)).Lifecycle.Outliving);
    }

    [Fact]
    public void Score_TitleWithoutAParent_OutlivesNothing()
    {
        Assert.Equal(new Part(0, 0), Score([Property], OfTitle(6, 60)).Lifecycle.Outliving);
        Assert.Equal(new Part(0, 0), Score([Title], OfProperty(5, 60), OfTitle(6, 100)).Lifecycle.Outliving);
        Assert.Equal(new Part(0, 0), Score([], OfTitle(6, 60) with { ParentId = "gone" }).Lifecycle.Outliving);
    }

    [Fact]
    public void Score_OpenParent_IsOutlivedByNobody()
    {
        Assert.Equal(new Part(0, 1), Score([Property], OfProperty(5, null), OfTitle(6, null)).Lifecycle.Outliving);
    }

    [Fact]
    public void Score_SeveralPieces_AreOneSpread()
    {
        var one = new ScoredTraffic("a", [Property], [OfProperty(5, 130)], 100, Noon.AddHours(12));
        var two = one with { Incidents = [OfProperty(5, 140), OfTitle(6, 200)] };

        var score = Scorer.Score([one, two]).Lifecycle;

        Assert.Equal(new Spread(2, 1, 2, 2), score.IncidentsPerLabel);
        Assert.Equal(new Spread(2, 10, 20, 20), score.MinutesToEnd);
        Assert.Equal(new Part(1, 1), score.Outliving);
    }

    [Fact]
    public void Render_Lifecycle_IsASecondTable()
    {
        var report = Score([Property], OfProperty(5, 300), OfProperty(70, 80, "b"), OfProperty(90, 95, "c"), OfTitle(6, 301, "d"));

        var text = ScoreText.Render(report, verbose: true);

        Assert.Matches("incidents of one found label +\\| +1 \\| +4 \\| +4 \\| +4 \\| *\n", text);
        Assert.Matches("minutes from a label's end to its incident's +\\| +1 \\| +180 \\| +180 \\| +180 \\| *\n", text);
        Assert.Matches("properties' incidents that one title explains +\\| +0 of 3 \\| +\\| +\\| +\\| +0.0 %\n", text);
        Assert.Contains("told   4 times  l whole property", text);
        Assert.Contains("  180 min late  l whole property", text);
        Assert.DoesNotContain("min late", ScoreText.Render(report));
    }
}
