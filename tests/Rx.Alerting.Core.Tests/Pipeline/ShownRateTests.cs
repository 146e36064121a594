using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Core.Tests.Pipeline;

/// <summary>The rates that people are shown of an incident: those that decide whether it goes on.</summary>
public sealed class ShownRateTests
{
    private static readonly (string, double)[] Ordinary = [("a", 0.01)];

    [Fact]
    public void OutageThatBecomesLessBad_ShowsTheRateOfTheLatestViewsAndTheHighest()
    {
        var traffic = new TestTraffic(21) { Step = 500 }.Add(20_000, "acme", Ordinary).Add(4000, "acme", ("a", 0.6))
            .Add(8000, "acme", ("a", 0.15));

        var incident = Property(PipelineRun.Of(traffic.Views))[^1].Incident;

        Assert.Equal(IncidentStatus.Open, incident.Status);
        Assert.InRange(incident.MeasuredValue, 0.1, 0.2);
        Assert.InRange(incident.PeakValue, 0.5, 0.7);
        Assert.InRange(incident.ExpectedValue!.Value, 0.005, 0.02);
        Assert.False(incident.Recovering);
        Assert.True(incident.SampleSize < 8000, "views of the worse time are in it");
        Assert.True(incident.MeasuredSince > incident.StartedAt);
    }

    [Fact]
    public void Close_ByCalm_ShowsTheViewsThatWereCalm()
    {
        var traffic = new TestTraffic(22) { Step = 500 }.Add(20_000, "acme", Ordinary).Add(8000, "acme", ("a", 0.6))
            .Add(3000, "acme", Ordinary);

        var changes = Property(PipelineRun.Of(traffic.Views));
        var incident = changes[^1].Incident;

        Assert.Equal((IncidentStatus.Closed, IncidentReason.Calm), (incident.Status, incident.Reason));
        Assert.InRange(incident.MeasuredValue, 0, 0.03);
        Assert.Equal(incident.MeasuredValue, incident.MeasuredValueOnClose);
        Assert.InRange(incident.PeakValue, 0.5, 0.7);
        Assert.Contains("was failing at a significant rate (up to ", incident.Description, StringComparison.Ordinal);
        Assert.False(incident.Recovering);
    }

    /// <summary>A part ends in the moment in which its whole does. The slot of that moment may have views of the outage, too.</summary>
    [Theory]
    [InlineData(3000)]
    [InlineData(400)]
    public void EndWithTitle_ShowsTheViewsAfterTheOutage(int failing)
    {
        var traffic = new TestTraffic(26) { Step = 100, Titles = 1 }.Add(20_000, "acme", Ordinary).Add(failing, "acme", ("a", 0.7))
            .Add(30_000, "acme", Ordinary);

        AssertAreOver(PipelineRun.Of(traffic.Views), IncidentLevel.Property);
    }

    [Fact]
    public void EndWithProperty_ShowsTheViewsAfterTheOutage()
    {
        var traffic = new TestTraffic(27) { Step = 200, Titles = 100 }.Add(30_000, "acme", Ordinary);
        AddWithTitle(100, Ordinary[0], ("a", 0.7));
        AddWithTitle(100, ("a", 0.7), ("a", 0.7));
        AddWithTitle(200, Ordinary[0], Ordinary[0]);

        AssertAreOver(PipelineRun.Of(traffic.Views), IncidentLevel.Title);

        void AddWithTitle(int times, (string, double) others, (string, double) title)
        {
            for (var i = 0; i < times; i++)
                traffic.Add(150, "acme", others).Add(1, "acme", "broken", title);
        }
    }

    private static void AssertAreOver(IEnumerable<IncidentChange> changes, IncidentLevel level)
    {
        var parts = changes.Where(change => change.Incident.Reason == IncidentReason.EndedWithParent).ToList();
        Assert.NotEmpty(parts);
        Assert.All(parts, part => Assert.Equal(level, part.Incident.Level));
        Assert.All(parts, part => Assert.InRange(part.Incident.MeasuredValueOnClose!.Value, 0, 0.25));
    }

    [Fact]
    public void OpenIncident_IsRefreshedAsTimeGoesOn_WithTheReasonAndTheTrailThatWereTold()
    {
        var traffic = new TestTraffic(23) { Step = 500 }.Add(20_000, "acme", Ordinary).Add(10_000, "acme", ("a", 0.3));

        var changes = Property(PipelineRun.Of(traffic.Views));

        var open = changes.SkipWhile(change => change.Transition != IncidentTransition.Opened).ToList();
        Assert.All(open.Zip(open.Skip(1)), pair => Assert.InRange(
            pair.Second.Incident.UpdatedAt - pair.First.Incident.UpdatedAt, TimeSpan.Zero, TimeSpan.FromMinutes(5)));
        var told = open[0];
        foreach (var change in open.Skip(1))
        {
            if (change.Transition != IncidentTransition.Refreshed)
            {
                told = change;
                continue;
            }

            Assert.Equal((told.Incident.Reason, told.Incident.Trail.Count), (change.Incident.Reason, change.Incident.Trail.Count));
        }

        Assert.Contains(open, change => change.Transition == IncidentTransition.Refreshed);
    }

    /// <summary>What has re-opened must be calm for longer. Meanwhile it is said that it recovers.</summary>
    [Fact]
    public void Recovering_IsSaidFromWhenTheLatestViewsAreNormal()
    {
        var traffic = new TestTraffic(24) { Step = 500 }.Add(20_000, "acme", Ordinary).Add(2400, "acme", ("a", 0.6))
            .Add(2400, "acme", Ordinary).Add(2400, "acme", ("a", 0.6)).Add(2400, "acme", Ordinary).Add(2400, "acme", ("a", 0.6));
        var over = traffic.Now;
        traffic.Add(4800, "acme", Ordinary);

        var changes = Property(PipelineRun.Of(traffic.Views)).Where(change => change.Incident.Status == IncidentStatus.Open).ToList();

        var recovering = changes.Where(change => change.Incident.Recovering).ToList();
        Assert.NotEmpty(recovering);
        Assert.All(recovering, change => Assert.InRange(change.Incident.MeasuredValue, 0, 0.03));
        Assert.Contains(recovering, change => change.Incident.UpdatedAt.ToUnixTimeMilliseconds() > over);
        Assert.Contains(changes, change => !change.Incident.Recovering && change.Incident.MeasuredValue > 0.3);
    }

    /// <summary>The level of six hours is accepted. What has become worse all the time is no level.</summary>
    [Theory]
    [InlineData(0.0, true)]
    [InlineData(0.05, false)]
    public void Level_ThatLasts_IsNormalUnlessItRises(double growthAnHour, bool isAccepted)
    {
        var traffic = new TestTraffic(25) { Step = 500 }.Add(40_000, "acme", Ordinary);
        for (var hour = 0; hour < 9; hour++)
            traffic.Add(7200, "acme", ("a", 0.1 + (hour * growthAnHour)));

        var changes = Property(PipelineRun.Of(traffic.Views));

        Assert.Equal(isAccepted, changes.Any(change => change.Incident.AcceptedAsNormal));
        var warning = changes.First(change => change.Incident.Reason == IncidentReason.NormalSoon);
        Assert.Equal(IncidentTransition.Updated, warning.Transition);
        Assert.InRange(warning.Incident.UpdatedAt - warning.Incident.StartedAt, TimeSpan.FromMinutes(295), TimeSpan.FromMinutes(310));
        if (isAccepted)
        {
            var accepted = changes.First(change => change.Incident.AcceptedAsNormal);
            Assert.InRange(accepted.Incident.UpdatedAt - warning.Incident.UpdatedAt, TimeSpan.FromMinutes(50), TimeSpan.FromMinutes(70));
        }
    }

    private static List<IncidentChange> Property(IEnumerable<IncidentChange> changes) =>
        [.. changes.Where(change => change.Incident.Level == IncidentLevel.Property)];
}
