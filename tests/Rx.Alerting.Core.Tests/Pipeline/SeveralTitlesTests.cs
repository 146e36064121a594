using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Core.Tests.Pipeline;

/// <summary>Several titles of a property fail: which of them people see, beneath the property's incident and after it.</summary>
public sealed class SeveralTitlesTests
{
    private static readonly (string, double)[] Ordinary = [("a", 0.02)];
    private static readonly (string, double)[] Broken = [("a", 1)];

    /// <summary>Each of them has a view every few minutes. The property as a whole is hardly worse than ever.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void FewOfManyTitlesFail_IsToldAsThePropertyUntilTheyStop(int seed)
    {
        var traffic = new TestTraffic((ulong)seed) { Titles = 400 }.Add(20_000, "acme", Ordinary)
            .AddByTitle(10_800, "acme", title => title % 16 == 7 ? Broken : Ordinary);
        var over = traffic.Now;
        traffic.Add(10_000, "acme", Ordinary);

        var changes = PipelineRun.Of(traffic.Views);

        var seen = Assert.Single(PipelineRun.Final(changes).Where(incident => !incident.Inhibited));
        Assert.Equal((IncidentLevel.Property, IncidentStatus.Closed, 0), (seen.Level, seen.Status, seen.Reopenings));
        Assert.InRange(seen.ResolvedAt!.Value.ToUnixTimeMilliseconds() - over, 0, 90 * 60_000);
        AssertNoTitleIsTold(changes);
    }

    /// <summary>Sooner or later every title has an ordinary error, and none of them makes an affected title stand out.</summary>
    [Fact]
    public void PartOfTheTitlesFailsForHours_NoneStandsOut()
    {
        var traffic = new TestTraffic(3) { Step = 1500, Titles = 200 }.Add(15_000, "acme", ("a", 0.05))
            .AddByTitle(24_000, "acme", title => title % 4 == 1 ? Broken : [("a", 0.05)])
            .Add(4000, "acme", ("a", 0.05));

        var changes = PipelineRun.Of(traffic.Views);

        Assert.Equal(IncidentLevel.Property, Assert.Single(PipelineRun.Final(changes).Where(incident => !incident.Inhibited)).Level);
        AssertNoTitleIsTold(changes);
    }

    [Fact]
    public void SlowTitleThatGoesOnToFail_OutlivesItsPropertysOutage()
    {
        var traffic = new TestTraffic(4) { Titles = 40 }.Add(15_000, "acme", Ordinary);
        AddWithSlow(20, Ordinary);
        AddWithSlow(18, [("a", 0.6)]);
        AddWithSlow(30, Ordinary);

        var changes = PipelineRun.Of(traffic.Views);

        var property = PipelineRun.Final(changes).Single(incident => incident.VideoId is null);
        Assert.Equal((IncidentStatus.Closed, IncidentReason.Calm), (property.Status, property.Reason));
        var slow = changes.Where(change => change.Incident.VideoId == "slow").ToList();
        Assert.Contains(slow, change => change.Incident.Reason == IncidentReason.PartOfParent);
        Assert.Contains(slow, change => change.Incident.Reason == IncidentReason.OutlivedParent);
        Assert.Equal((IncidentStatus.Open, 0), (slow[^1].Incident.Status, slow[^1].Incident.Reopenings));

        void AddWithSlow(int times, (string, double)[] others)
        {
            for (var i = 0; i < times; i++)
                traffic.Add(199, "acme", others).Add(1, "acme", "slow", Broken);
        }
    }

    private static void AssertNoTitleIsTold(IEnumerable<IncidentChange> changes) =>
        Assert.DoesNotContain(changes, change => change.Incident is { VideoId: not null, Inhibited: false });
}
