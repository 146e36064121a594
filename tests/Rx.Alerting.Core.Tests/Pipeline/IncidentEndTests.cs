using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Pipeline;

namespace Rx.Alerting.Core.Tests.Pipeline;

/// <summary>How incidents end, re-open, and how often they change.</summary>
public sealed class IncidentEndTests
{
    private static readonly (string, double)[] Ordinary = [("a", 0.01)];
    private static readonly (string, double)[] Broken = [("a", 0.5)];

    /// <summary>Twenty minutes of failures, twenty minutes without, for a day.</summary>
    [Theory]
    [InlineData(3000)]
    [InlineData(100_000)]
    public void RateThatComesAndGoesForADay_IsOneIncident(int viewsADay)
    {
        var step = 86_400_000 / viewsADay;
        var traffic = new TestTraffic(1) { Step = step }.Add(10_000, "acme", Ordinary);
        for (var i = 0; i < 36; i++)
            traffic.Add(1_200_000 / step, "acme", Broken).Add(1_200_000 / step, "acme", Ordinary);
        traffic.Add(viewsADay, "acme", Ordinary);

        var changes = PipelineRun.Of(traffic.Views);

        var incident = Assert.Single(PipelineRun.Final(changes).Where(incident => !incident.Inhibited));
        Assert.Equal((IncidentLevel.Property, IncidentStatus.Closed), (incident.Level, incident.Status));
        Assert.True(incident.Reopenings > 0, "it never closed");
        Assert.Equal(incident.Reopenings, changes.Count(change =>
            change.Transition == IncidentTransition.Reopened && change.Incident.Id == incident.Id));
        Assert.InRange(PipelineRun.Told(changes).Count(change => change.Incident.Id == incident.Id), 4, 40);
    }

    [Fact]
    public void ReopenWithin_TooLateAfterTheEnd_IsANewIncident()
    {
        var traffic = new TestTraffic(2).Add(10_000, "acme", Ordinary).Add(200, "acme", Broken).Add(30_000, "acme", Ordinary)
            .Add(200, "acme", Broken).Add(5000, "acme", Ordinary);
        var options = new PipelineOptions { Incidents = new() { ReopenWithin = TimeSpan.FromHours(1) } };

        Assert.Equal(2, Properties(PipelineRun.Of(traffic.Views, options)).Count);
        Assert.Single(Properties(PipelineRun.Of(
            traffic.Views, new PipelineOptions { Incidents = new() { ReopenWithin = TimeSpan.FromHours(10) } })));
    }

    [Fact]
    public void OutageThatEndsInLittleTraffic_ClosesByTimeOrSaysThatNobodyKnows()
    {
        var traffic = new TestTraffic(3).Add(10_000, "acme", Ordinary).Add(300, "acme", Broken);
        var over = traffic.Now;
        var before = TimeSpan.FromMilliseconds(over - TestTraffic.Start);
        var few = new TestTraffic(4) { Step = 120_000 }.Pause(before).Add(400, "acme", Ordinary);
        var none = new TestTraffic(5) { Step = 120_000 }.Pause(before).Add(400, "other", Ordinary);
        var rare = new TestTraffic(6) { Step = 1_900_000 }.Pause(before).Add(40, "acme", Ordinary);

        AssertEnds(few, IncidentStatus.Closed, IncidentReason.Calm, 75);
        AssertEnds(none, IncidentStatus.Expired, IncidentReason.NoViews, 70);
        AssertEnds(rare, IncidentStatus.Expired, IncidentReason.TooFewViews, 100);

        void AssertEnds(TestTraffic rest, IncidentStatus status, IncidentReason reason, int minutes)
        {
            var incident = Assert.Single(Properties(PipelineRun.Of(TestTraffic.Merge(traffic, rest))));
            Assert.Equal((status, reason), (incident.Status, incident.Reason!.Value));
            Assert.InRange(incident.ResolvedAt!.Value.ToUnixTimeMilliseconds() - over, 0, minutes * 60_000);
        }
    }

    [Fact]
    public void Severity_FallsWhenFewViewsAreAffected_AndSaysSo()
    {
        var traffic = new TestTraffic(7) { Step = 500 }.Add(20_000, "acme", Ordinary).Add(2000, "acme", ("a", 0.2));
        for (var i = 0; i < 30; i++)
            traffic.Pause(TimeSpan.FromMinutes(10)).Add(2, "acme", ("a", 0.5));

        var changes = PipelineRun.Of(traffic.Views).Where(change => change.Incident.VideoId is null).ToList();

        Assert.Contains((IncidentSeverity.Alert, IncidentReason.SeverityRaised), changes.Select(Said));
        Assert.Contains((IncidentSeverity.Warning, IncidentReason.SeverityLowered), changes.Select(Said));

        static (IncidentSeverity, IncidentReason?) Said(IncidentChange change) => (change.Incident.Severity, change.Incident.Reason);
    }

    [Fact]
    public void Impact_BelowTheFloorWhileOpen_Expires()
    {
        var traffic = new TestTraffic(8) { Step = 500 }.Add(20_000, "acme", Ordinary).Add(500, "acme", ("a", 0.3));
        for (var i = 0; i < 30; i++)
            traffic.Pause(TimeSpan.FromMinutes(10)).Add(2, "acme", ("a", 0.5));
        var options = new PipelineOptions { Incidents = new() { MinimumAffectedViewsPerHour = 30 } };

        var incident = Assert.Single(Properties(PipelineRun.Of(traffic.Views, options)));

        Assert.Equal((IncidentStatus.Expired, IncidentReason.TooLittleImpact), (incident.Status, incident.Reason!.Value));
    }

    [Fact]
    public void Updates_OfALongOutage_AreFew()
    {
        var traffic = new TestTraffic(9).Add(10_000, "acme", Ordinary).Add(20_000, "acme", ("a", 0.3)).Add(5000, "acme", Ordinary);

        var changes = PipelineRun.Told(PipelineRun.Of(traffic.Views)).Where(change => change.Incident.VideoId is null).ToList();

        Assert.InRange(changes.Count, 5, 14);
        Assert.All(changes.Skip(1), change => Assert.NotNull(change.Incident.Reason));
    }

    private static IReadOnlyList<Incident> Properties(IEnumerable<IncidentChange> changes) =>
        [.. PipelineRun.Final(changes).Where(incident => incident.Level == IncidentLevel.Property)];
}
