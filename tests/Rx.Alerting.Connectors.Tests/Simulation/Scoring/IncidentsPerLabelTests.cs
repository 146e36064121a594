using Rx.Alerting.Connectors.Simulation.Scoring;
using static Rx.Alerting.Connectors.Tests.Simulation.ScoreCases;
using static Rx.Alerting.Connectors.Tests.Simulation.Scoring.LifecycleCases;

namespace Rx.Alerting.Connectors.Tests.Simulation.Scoring;

public sealed class IncidentsPerLabelTests
{
    [Fact]
    public void Score_IncidentsOfPropertyAndTitlesInTheLabel_AreCounted()
    {
        var report = Score(
            [Property],
            OfProperty(5, 60),
            OfTitle(6, 60, "a", "x"),
            OfProperty(180, 190, "b"),
            OfProperty(-5, 3, "before"),
            OfProperty(181, 190, "after"),
            OfProperty(5, 60, "c") with { ErrorType = "2002" },
            OfProperty(5, 60, "d") with { PropertyId = "2" });

        Assert.Equal((1, 3.0), (report.Lifecycle.IncidentsPerLabel.Count, report.Lifecycle.IncidentsPerLabel.Median));
        Assert.Contains("incidents of one found label: median 3, 1 allowed", report.Shortcomings);
        Assert.Contains("incidents of one found label: p95 3, 2 allowed", report.Shortcomings);
    }

    [Fact]
    public void Score_PartsOfAnotherIncident_AreNotCounted()
    {
        var part = OfTitle(6, 60) with { ParentId = "p", Inhibited = true };
        var standsOut = OfTitle(7, 60, "s", "w") with { ParentId = "p" };

        Assert.Equal(1, Score([Property], OfProperty(5, 60), part).Lifecycle.IncidentsPerLabel.Median);
        Assert.Equal(2, Score([Property], OfProperty(5, 60), part, standsOut).Lifecycle.IncidentsPerLabel.Median);
    }

    [Fact]
    public void Score_PartOfThePlatform_CountsOne()
    {
        var platform = OfProperty(5, 60, "platform") with { PropertyId = null };

        var report = Score([Property], platform, OfProperty(5, 60) with { ParentId = "platform", Inhibited = true });

        Assert.Equal((1, 1.0), (report.Lifecycle.IncidentsPerLabel.Count, report.Lifecycle.IncidentsPerLabel.Median));
    }

    [Fact]
    public void Score_LabelsThatAreMissedOrSmall_AreLeftOut()
    {
        Assert.Equal(0, Score([Property, Title]).Lifecycle.IncidentsPerLabel.Count);
        Assert.Equal(0, Score([Label(affected: 299)], OfProperty(5, 60)).Lifecycle.IncidentsPerLabel.Count);
    }

    [Fact]
    public void Score_LabelsThatOverlap_EachCountTheirOwnScope()
    {
        var other = Title with { Id = "o", VideoId = "w" };

        var report = Score([Property, Title, other], OfProperty(5, 60), OfTitle(6, 60), OfTitle(7, 60, "w", "w"));

        Assert.Equal([1, 1, 1], Counts(report));
    }

    [Fact]
    public void Score_LabelsThatOverlap_ThePropertyTakesWhatIsOfNone()
    {
        var report = Score([Title, Property], OfProperty(5, 60), OfTitle(6, 60), OfTitle(7, 60, "x", "x"));

        Assert.Equal([1, 2], Counts(report));
    }

    [Fact]
    public void Score_LabelInTheGraceOfAnother_TakesWhatOpensInIt()
    {
        var later = Property with { Id = "later", StartedAt = Noon.AddMinutes(150), EndedAt = Noon.AddMinutes(200) };

        var report = Score([Property, later], OfProperty(5, 60), OfProperty(160, 170, "b"), OfProperty(190, 200, "c"));

        Assert.Equal([1, 2], Counts(report));
    }

    private static IEnumerable<int> Counts(ScoreReport report) =>
        Assert.Single(report.Traffic).Lifecycle.Labels.Select(label => label.Incidents);
}
