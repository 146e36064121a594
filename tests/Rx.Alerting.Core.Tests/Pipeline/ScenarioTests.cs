using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Core.Tests.Pipeline;

/// <summary>Scenarios of a property, and the incidents that people are told of.</summary>
public sealed class ScenarioTests
{
    private static readonly (string, double)[] Ordinary = [("a", 0.01), ("b", 0.02)];

    [Fact]
    public void OrdinaryTraffic_FromColdStartOn_OpensNothing()
    {
        for (ulong seed = 0; seed < 20; seed++)
            Assert.Empty(Run(new TestTraffic(seed).Add(20_000, "acme", ("a", 0.03), ("b", 0.06), ("c", 0.002))));
    }

    [Fact]
    public void ColdStart_EverythingFailsFromTheFirstView_OpensEarly()
    {
        var incident = Assert.Single(Run(new TestTraffic(1).Add(300, "acme", ("a", 1))), incident => incident.VideoId is null);

        Assert.Equal("a", incident.ErrorType);
        Assert.Equal(IncidentStatus.Open, incident.Status);
        Assert.True(incident.StartedAt <= At(60), $"opened at {incident.StartedAt:O}");
    }

    [Fact]
    public void Step_HalfOfAllViewsFail_OpensAfterADozenAndClosesSoonAfterwards()
    {
        var traffic = new TestTraffic(2).Add(10_000, "acme", Ordinary).Add(600, "acme", ("a", 0.5), ("b", 0.02))
            .Add(3000, "acme", Ordinary);

        var incident = Assert.Single(Run(traffic), incident => incident.VideoId is null);

        Assert.Equal(("acme", "a", IncidentStatus.Closed), (incident.PropertyId, incident.ErrorType, incident.Status));
        Assert.InRange(incident.StartedAt, At(10_000), At(10_040));
        Assert.InRange(incident.ResolvedAt!.Value, At(10_600), At(11_100));
        Assert.InRange(incident.AffectedViews, 270, 350);
        Assert.InRange(incident.Threshold, 0.01, 0.4);
        Assert.Equal("a happened", incident.ErrorDescription);
        Assert.Matches(
            "^Property “acme” was failing at a significant rate \\(up to [0-9.]+ %\\) due to an error of a happened$",
            incident.Description);
    }

    [Fact]
    public void KeyGoneForAWeek_ReturnsAsItWas_OpensNothing()
    {
        var traffic = new TestTraffic(3).Add(10_000, "acme", Ordinary).Pause(TimeSpan.FromDays(7)).Add(10_000, "acme", Ordinary);

        Assert.Empty(Run(traffic));
    }

    [Fact]
    public void KeyGoneForAWeek_ReturnsBroken_OpensAtOnce()
    {
        var traffic = new TestTraffic(4).Add(10_000, "acme", Ordinary).Pause(TimeSpan.FromDays(7)).Add(200, "acme", ("a", 0.6));

        var incident = Assert.Single(Run(traffic), incident => incident.VideoId is null);
        Assert.InRange(incident.AffectedViews, 80, 160);
    }

    [Fact]
    public void KeySilentDuringIncident_ExpiresByEventTime()
    {
        var broken = new TestTraffic(5).Add(5000, "acme", Ordinary).Add(200, "acme", ("a", 0.6));
        var others = new TestTraffic(6) { Step = 60_000 }.Add(5000, "other", Ordinary);

        var incident = Assert.Single(PipelineRun.Final(PipelineRun.Of(TestTraffic.Merge(broken, others))), incident =>
            incident.PropertyId == "acme" && incident.VideoId is null);

        Assert.Equal(IncidentStatus.Expired, incident.Status);
        Assert.Equal(IncidentReason.NoViews, incident.Reason);
        Assert.InRange(incident.ResolvedAt!.Value - At(5201), TimeSpan.FromMinutes(60), TimeSpan.FromMinutes(65));
    }

    [Fact]
    public void PermanentChangeOfLevel_IsAcceptedAsNormalAndStaysQuiet()
    {
        var traffic = new TestTraffic(7).Add(10_000, "acme", Ordinary).Add(60_000, "acme", ("a", 0.08), ("b", 0.02));

        var incident = Assert.Single(Run(traffic), incident => incident.VideoId is null);

        Assert.Equal(IncidentStatus.Closed, incident.Status);
        Assert.True(incident.AcceptedAsNormal);
        Assert.InRange((incident.ResolvedAt!.Value - incident.StartedAt).TotalSeconds, 23_990, 24_010);
    }

    [Fact]
    public void ErrorTypeNeverSeenBefore_OpensAfterFew()
    {
        var traffic = new TestTraffic(8).Add(10_000, "acme", Ordinary).Add(400, "acme", ("a", 0.01), ("b", 0.02), ("new", 0.1));

        var incident = Assert.Single(Run(traffic), incident => incident.VideoId is null);

        Assert.Equal("new", incident.ErrorType);
        Assert.InRange(incident.StartedAt, At(10_000), At(10_150));
    }

    [Fact]
    public void PropertyWithOneTitle_Breaks_TellsTheTitle()
    {
        var traffic = new TestTraffic(9).Add(10_000, "acme", "only", Ordinary).Add(500, "acme", "only", ("a", 0.5))
            .Add(3000, "acme", "only", Ordinary);

        var incidents = Run(traffic);

        var title = Assert.Single(incidents, incident => !incident.Inhibited);
        Assert.Equal("only", title.VideoId);
        var property = Assert.Single(incidents, incident => incident.VideoId is null);
        Assert.Equal((title.Id, IncidentReason.EndedWithParent), (property.ParentId, property.Reason));
        Assert.All(incidents, incident => Assert.Equal("a", incident.ErrorType));
    }

    [Fact]
    public void OneTitleBreaks_TheTitleIsNamedAndThePropertyIsNot()
    {
        var traffic = new TestTraffic(10).Add(10_000, "acme", Ordinary);
        for (var i = 0; i < 30; i++)
            traffic.Add(100, "acme", Ordinary).Add(1, "acme", "Enlace", ("a", 1));

        var incident = Assert.Single(Run(traffic));

        Assert.Equal(("Enlace", "a"), (incident.VideoId, incident.ErrorType));
        Assert.InRange(incident.AffectedViews, 25, 30);
        Assert.StartsWith("Video title “Enlace” is failing at a significant rate (", incident.Description, StringComparison.Ordinal);
        Assert.Contains(incident.Breakdowns, breakdown => breakdown is { Name: "video_title", Value: "Enlace" });
    }

    [Fact]
    public void TwoIncidentsAtOnce_AreTwo()
    {
        var one = new TestTraffic(11).Add(10_000, "one", Ordinary).Add(500, "one", ("a", 0.3), ("b", 0.4)).Add(3000, "one", Ordinary);
        var two = new TestTraffic(12).Add(10_000, "two", Ordinary).Add(500, "two", ("a", 0.5)).Add(3000, "two", Ordinary);

        var incidents = PipelineRun.Final(PipelineRun.Of(TestTraffic.Merge(one, two))).Where(incident => incident.VideoId is null).ToList();

        Assert.Equal(["one/a", "one/b", "two/a"], incidents.Select(incident => $"{incident.PropertyId}/{incident.ErrorType}").Order());
        Assert.All(incidents, incident => Assert.Equal(IncidentStatus.Closed, incident.Status));
    }

    [Fact]
    public void Ids_OfTwoRuns_AreTheSame()
    {
        var traffic = new TestTraffic(13).Add(5000, "acme", Ordinary).Add(300, "acme", ("a", 0.5));

        Assert.Equal(Run(traffic).Select(incident => incident.Id), Run(traffic).Select(incident => incident.Id));
    }

    private static IReadOnlyList<Incident> Run(TestTraffic traffic) => PipelineRun.Final(PipelineRun.Of(traffic.Views));

    private static DateTimeOffset At(int seconds) => DateTimeOffset.FromUnixTimeMilliseconds(TestTraffic.Start).AddSeconds(seconds);
}
