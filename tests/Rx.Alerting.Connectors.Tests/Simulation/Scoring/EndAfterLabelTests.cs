using Rx.Alerting.Connectors.Simulation.Scoring;
using static Rx.Alerting.Connectors.Tests.Simulation.ScoreCases;
using static Rx.Alerting.Connectors.Tests.Simulation.Scoring.LifecycleCases;

namespace Rx.Alerting.Connectors.Tests.Simulation.Scoring;

public sealed class EndAfterLabelTests
{
    [Theory]
    [InlineData(140, 20)]
    [InlineData(120, 0)]
    [InlineData(60, 0)]
    [InlineData(null, 600)]
    public void Score_IncidentEndsAtMinute_CountsFromTheLabelsEnd(int? minute, double expected)
    {
        var report = Score([Property], OfProperty(5, minute));

        Assert.Equal((1, expected), (report.Lifecycle.MinutesToEnd.Count, report.Lifecycle.MinutesToEnd.Median));
    }

    [Fact]
    public void Score_SeveralIncidentsOfTheLabel_TheLastEndCounts()
    {
        var report = Score([Property], OfProperty(5, 60), OfProperty(100, 150, "b"), OfTitle(10, 300));

        Assert.Equal(30, report.Lifecycle.MinutesToEnd.Median);
    }

    [Fact]
    public void Score_PartOfThePlatform_EndsLikeAnyOther()
    {
        var report = Score([Property], OfProperty(5, 130) with { ParentId = "platform", Inhibited = true });

        Assert.Equal(10, report.Lifecycle.MinutesToEnd.Median);
    }

    [Theory]
    [InlineData(120, 1)]
    [InlineData(119, 0)]
    public void Score_LabelEndsShortlyBeforeTheTraffic_IsLeftOut(int minutes, int counted)
    {
        var report = Scorer.Score([new ScoredTraffic("t", [Property], [OfProperty(5, null)], 100, Property.EndedAt.AddMinutes(minutes))]);

        Assert.Equal(counted, report.Lifecycle.MinutesToEnd.Count);
    }

    [Theory]
    [InlineData(null, 1)]
    [InlineData(30, 1)]
    [InlineData(29, 0)]
    public void Score_TitleWithFewViewsAfterTheLabel_IsLeftOut(int? views, int counted)
    {
        var title = Title with { ViewsAfter = views };

        Assert.Equal(counted, Score([title], OfTitle(5, 130)).Lifecycle.MinutesToEnd.Count);
        Assert.Equal(1, Score([Property with { ViewsAfter = views }], OfProperty(5, 130)).Lifecycle.MinutesToEnd.Count);
    }

    [Fact]
    public void Score_NobodySaysWhenTheTrafficEnds_TheLatestTimeIsItsEnd()
    {
        var report = ScoreCases.Score([Property], [OfProperty(5, null), OfProperty(480, 490, "b")], 100);

        Assert.Equal(370, report.Lifecycle.MinutesToEnd.Median);
    }

    [Theory]
    [InlineData(140, null)]
    [InlineData(141, "minutes from a label's end to its incident's: median 21, 20 allowed")]
    public void Score_LateEnds_AreAShortcoming(int minute, string? shortcoming)
    {
        Assert.Equal(shortcoming, Score([Property], OfProperty(0, minute)).Shortcomings.SingleOrDefault());
    }

    [Fact]
    public void Score_OneOfTenEndsLate_IsAllowed()
    {
        var labels = Enumerable.Range(0, 10).Select(i => Property with { Id = $"{i}", PropertyId = $"{i}" }).ToList();
        var incidents = labels.Select(label => OfProperty(0, 130, label.Id) with { PropertyId = label.Id }).ToList();
        incidents[0] = incidents[0] with { ResolvedAt = Noon.AddHours(5) };

        Assert.Empty(Score(labels, incidents).Shortcomings);
        incidents[1] = incidents[0] with { Id = "1", PropertyId = "1" };
        Assert.Equal(["minutes from a label's end to its incident's: p90 180, 120 allowed"], Score(labels, incidents).Shortcomings);
    }
}
