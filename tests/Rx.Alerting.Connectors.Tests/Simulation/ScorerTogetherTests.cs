using Rx.Alerting.Connectors.Simulation.Scoring;
using static Rx.Alerting.Connectors.Tests.Simulation.ScoreCases;

namespace Rx.Alerting.Connectors.Tests.Simulation;

/// <summary>Several pieces of traffic that are scored together.</summary>
public sealed class ScorerTogetherTests
{
    [Fact]
    public void Score_SeveralPieces_AddsThemUp()
    {
        var report = Scorer.Score([Found("a", minute: 4), Found("b", minute: 9), Missed("c")]);

        Assert.Equal((3, 2), (report.Properties.Labels, report.Properties.Found));
        Assert.Equal((5, 10), (report.Properties.Median, report.Properties.NinetiethPercentile));
        Assert.Equal((3, 300.0), (report.Incidents, report.PropertyDays));
        Assert.Equal([0, 0, 1], report.Traffic.Select(score => score.Misses.Count));
        Assert.Equal([0, 0, 1], report.Traffic.Select(score => score.FalseAlarms.Count));
    }

    [Fact]
    public void Score_IncidentOfAnotherPiece_FindsNothing()
    {
        var labels = Found("a", minute: 4) with { Incidents = [] };
        var incidents = Found("b", minute: 4) with { Labels = [] };

        var report = Scorer.Score([labels, incidents]);

        Assert.Equal(0, report.Properties.Found);
        Assert.Single(report.FalseAlarms);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(32, false)]
    [InlineData(33, true)]
    public void Score_OneMiss_IsAllowedWhereTheSumAllowsIt(int found, bool passed)
    {
        var pieces = Enumerable.Range(0, found).Select(i => Found($"{i}", minute: 4)).Append(Missed("m") with { Incidents = [] });

        Assert.Equal(passed, Scorer.Score([.. pieces]).Passed);
    }

    [Fact]
    public void Score_TheSamePieceTwice_CountsTwice()
    {
        var small = Found("a", minute: 4) with { Labels = [Label(affected: 299)] };

        var report = Scorer.Score([small, small]);

        Assert.Equal((2, 2), (report.Details[0].Labels, report.Details[0].Found));
    }

    [Fact]
    public void Render_VerboseOfSeveral_NamesWhoseTheyAre()
    {
        var text = ScoreText.Render(Scorer.Score([Found("a", minute: 4), Missed("b")]), verbose: true);

        Assert.Contains("\na: 0 missed, 0 false alarms\n\nb: 1 missed, 1 false alarms\nmissed       l", text);
        Assert.DoesNotContain("a: 0 missed", ScoreText.Render(Scorer.Score([Found("a", minute: 4)]), verbose: true));
    }

    private static ScoredTraffic Found(string name, int minute) => new(name, [Label(affected: 400)], [Incident(minute)], 100);

    private static ScoredTraffic Missed(string name) =>
        Found(name, minute: 4) with { Incidents = [Incident(4) with { ErrorType = "2002" }] };
}
