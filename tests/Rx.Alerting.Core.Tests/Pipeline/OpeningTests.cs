using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Core.Tests.Pipeline;

/// <summary>How few views open an incident, and which views are too old to.</summary>
public sealed class OpeningTests
{
    /// <summary>A view every four minutes. For days the baseline of such a property has learned nothing.</summary>
    [Theory]
    [InlineData(345)]
    [InlineData(3000)]
    public void TinyPropertyWhoseViewsAllFail_IsToldAfterAHandful(int viewsBefore)
    {
        var traffic = new TestTraffic(1) { Step = 250_000, Titles = 10 }.Add(viewsBefore, "tiny", ("a", 0.02));
        var brokenAt = traffic.Now;
        traffic.Add(30, "tiny", ("a", 1)).Add(200, "tiny", ("a", 0.02));

        var incident = Assert.Single(PipelineRun.Final(PipelineRun.Of(traffic.Views)), incident => incident.VideoId is null);

        Assert.InRange(incident.StartedAt.ToUnixTimeMilliseconds() - brokenAt, 1, 10 * 250_000);
        Assert.Equal(IncidentStatus.Closed, incident.Status);
    }

    [Fact]
    public void YoungTinyProperty_WithOrdinaryErrors_OpensNothing()
    {
        for (ulong seed = 0; seed < 30; seed++)
            Assert.Empty(PipelineRun.Of(new TestTraffic(seed) { Step = 250_000, Titles = 10 }.Add(1500, "tiny", ("a", 0.08)).Views));
    }

    /// <summary>Four errors are too few for an incident. The fifth comes when the title has long been fine again.</summary>
    [Fact]
    public void OneErrorLongAfterAFailure_OpensNothing()
    {
        Assert.Empty(Titles(80));
        Assert.Equal("rare", Assert.Single(Titles(1), incident => !incident.Inhibited).VideoId);

        static IReadOnlyList<Incident> Titles(int fineViews)
        {
            var traffic = new TestTraffic(2).Add(10_000, "acme", ("a", 0.0005)).Add(4000, "acme", "rare")
                .Add(4, "acme", "rare", ("a", 1)).Add(fineViews, "acme", "rare").Add(1, "acme", "rare", ("a", 1))
                .Add(300, "acme", "rare");
            return PipelineRun.Final(PipelineRun.Of(traffic.Views));
        }
    }
}
