using Rx.Alerting.Connectors.Simulation;
using Rx.Alerting.Connectors.Simulation.Scoring;
using static Rx.Alerting.Connectors.Tests.Simulation.ScoreCases;

namespace Rx.Alerting.Connectors.Tests.Simulation;

public sealed class ScorerTests
{
    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(119, true)]
    [InlineData(180, true)]
    [InlineData(181, false)]
    public void Score_IncidentOpensAtMinute_FindsTheLabelFromStartToGrace(int minute, bool found)
    {
        var report = Score([Label(affected: 400)], [Incident(minute)], 100);

        Assert.Equal(found ? 1 : 0, report.Properties.Found);
        Assert.Equal(found ? 0 : 1, report.Misses.Count());
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(9, 10)]
    [InlineData(100, 101)]
    public void Score_Found_CountsAffectedViewsUntilOpened(int minute, int openedBy)
    {
        var report = Score([Label(affected: 400)], [Incident(minute)], 100);

        Assert.Equal(openedBy, report.Properties.Median);
    }

    [Fact]
    public void Score_OpenedBeforeTheFirstAffectedView_CountsAsTheFirst()
    {
        var label = Label(affected: 400) with { StartedAt = Noon.AddMinutes(-30) };

        Assert.Equal(1, Score([label], [Incident(-10)], 100).Properties.Median);
    }

    [Fact]
    public void Score_TwoIncidentsInOneLabel_TheFirstFindsIt()
    {
        var report = Score([Label(affected: 400)], [Incident(60, "b"), Incident(5, "a")], 100);

        Assert.Equal("a", Assert.Single(report.Outcomes).FoundBy!.Id);
        Assert.Empty(report.FalseAlarms);
    }

    [Fact]
    public void Score_OtherPropertyErrorTypeOrScope_FindsNothing()
    {
        ScoredIncident[] incidents =
        [
            Incident(5, "a") with { PropertyId = "2" },
            Incident(5, "b") with { ErrorType = "2002" },
            Incident(5, "c") with { VideoId = "v" },
        ];

        var report = Score([Label(affected: 400)], incidents, 100);

        Assert.Equal(0, report.Properties.Found);
        Assert.Equal(["a", "b"], report.FalseAlarms.Select(incident => incident.Id));
    }

    [Fact]
    public void Score_PropertyIncidentOfABrokenTitle_IsNoFalseAlarmAndNoFind()
    {
        var label = Label(affected: 40) with { Kind = IncidentScope.Title, VideoId = "v", TrafficShare = 0.3 };

        var report = Score([label], [Incident(5)], 100);

        Assert.Equal((1, 0, 0), (report.Titles.Labels, report.Titles.Found, report.Titles.ByPropertyOnly));
        Assert.Empty(report.FalseAlarms);
    }

    [Fact]
    public void Score_PropertyIncidentOfADominantTitle_IsCountedApart()
    {
        var label = Label(affected: 40) with { Kind = IncidentScope.Title, VideoId = "v", TrafficShare = 0.7 };

        var report = Score([label], [Incident(5)], 100);

        Assert.Equal((0, 1), (report.Titles.Found, report.Titles.ByPropertyOnly));
    }

    [Theory]
    [InlineData(-60, -30, true)]
    [InlineData(-60, 0, false)]
    [InlineData(-60, null, false)]
    [InlineData(180, 200, false)]
    [InlineData(181, 200, true)]
    public void Score_IncidentBesideTheLabel_IsAFalseAlarmUnlessTheyOverlap(int opened, int? closed, bool falseAlarm)
    {
        var incident = Incident(opened) with { ResolvedAt = closed is { } minute ? Noon.AddMinutes(minute) : null };

        Assert.Equal(falseAlarm ? 1 : 0, Score([Label(affected: 400)], [incident], 100).FalseAlarms.Count());
    }

    [Fact]
    public void Score_SmallLabels_AreForInformationOnly()
    {
        var small = Label(affected: 299);
        var title = Label(affected: 7) with { Kind = IncidentScope.Title, VideoId = "v" };

        var report = Score([small, title], [], 100);

        Assert.True(report.Passed);
        Assert.Equal((0, 0), (report.Properties.Labels, report.Titles.Labels));
        Assert.Equal([1, 1], report.Details.Select(group => group.Labels));
        Assert.Null(report.Properties.Median);
    }

    [Fact]
    public void Score_ManyFound_GivesMedianAndNinetiethPercentile()
    {
        var labels = Enumerable.Range(0, 10).Select(i => Label(affected: 400) with { Id = $"l{i}", PropertyId = $"{i}" }).ToList();
        var incidents = Enumerable.Range(0, 10).Select(i => Incident(i * 10, $"i{i}") with { PropertyId = $"{i}" }).ToList();

        var report = Score(labels, incidents, 100);

        Assert.Equal((41, 81), (report.Properties.Median, report.Properties.NinetiethPercentile));
        Assert.Equal(["properties, 300 affected views or more: half open by affected view 41, 20 required"], report.Shortcomings);
    }

    [Fact]
    public void Score_NothingDetected_MissesTheShares()
    {
        var title = Label(affected: 8) with { Id = "t", Kind = IncidentScope.Title, VideoId = "v" };

        var report = Score([Label(affected: 400), title], [], 100);

        Assert.False(report.Passed);
        Assert.Equal(2, report.Shortcomings.Count);
    }

    [Theory]
    [InlineData(3, 600, true)]
    [InlineData(4, 600, false)]
    [InlineData(1, 0, true)]
    public void Score_FalseAlarms_AreCountedPer100PropertyDays(int alarms, double propertyDays, bool passed)
    {
        var report = Score([], [.. Enumerable.Range(0, alarms).Select(i => Incident(i, $"{i}"))], propertyDays);

        Assert.Equal(alarms, report.FalseAlarms.Count());
        Assert.Equal(passed, report.Passed);
    }

    [Fact]
    public void Score_FaultyOptions_NamesEveryFault()
    {
        var options = new ScoreOptions { RequiredPropertyShare = 2, TitleViews = 0 };

        var fault = Assert.Throws<ArgumentException>(() => Score([], [], 1, options));

        Assert.Contains("Score:RequiredPropertyShare", fault.Message);
        Assert.Contains("Score:TitleViews", fault.Message);
    }

    [Fact]
    public void Render_Verbose_ListsMissesAndFalseAlarms()
    {
        var report = Score([Label(affected: 400)], [Incident(5, "wrong") with { ErrorType = "2002" }], 24 * 14);

        var text = ScoreText.Render(report, verbose: true);

        Assert.Contains("missed       l whole property, 2026-01-07 12:00:00Z to 2026-01-07 14:00:00Z, property 1", text);
        Assert.Contains("false alarm  wrong, 2026-01-07 12:05:00Z", text);
        Assert.Contains("1 false alarms in 336 property-days: 0.3 in 100", text);
        Assert.DoesNotContain("missed       ", ScoreText.Render(report));
    }
}
