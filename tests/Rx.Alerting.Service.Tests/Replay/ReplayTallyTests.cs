using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Service.Replay;
using Rx.Alerting.Testing.Incidents;

namespace Rx.Alerting.Service.Tests.Replay;

public sealed class ReplayTallyTests
{
    [Fact]
    public void Largest_MoreIncidentsThanShown_KeepsThoseWithMostAffectedViewsInOrderOfOpening()
    {
        var tally = new ReplayTally(shown: 2);
        foreach (var (id, minute, affected) in ((string, int, long)[])[("a", 3, 30), ("b", 1, 10), ("c", 2, 20)])
            Follow(tally, id, minute, affected);

        Assert.Equal(["c", "a"], tally.Largest().Select(incident => incident.Id));
        Assert.Equal(3, tally.Total);
    }

    [Fact]
    public void Largest_OpenIncidents_AreShownInTheirLatestState()
    {
        var tally = new ReplayTally(shown: 2);
        tally.Apply(IncidentSamples.Change(IncidentSamples.Sample("a", affected: 5)));
        tally.Apply(
            new IncidentChange(IncidentTransition.Updated, IncidentSamples.Sample("a", affected: 9, severity: IncidentSeverity.Alert)));

        Assert.Equal(1, tally.Open);
        Assert.Equal(9, Assert.Single(tally.Largest()).AffectedViews);
        Assert.Equal(1, tally.Alerts);
        Assert.Equal(1, tally.Total);
    }

    [Fact]
    public void Largest_PartsAndReopenings_CountOnce()
    {
        var tally = new ReplayTally(shown: 5);
        Follow(tally, "a", minute: 1, affected: 5);
        tally.Apply(new(IncidentTransition.Reopened, IncidentSamples.Sample("a", affected: 9)));
        tally.Apply(IncidentSamples.Change(IncidentSamples.Sample("b") with { ParentId = "a" }));

        Assert.Equal((1, 1, 1), (tally.Total, tally.Open, tally.Parts));
        Assert.Equal("a", Assert.Single(tally.Largest()).Id);
    }

    private static void Follow(ReplayTally tally, string id, int minute, long affected)
    {
        tally.Apply(IncidentSamples.Change(IncidentSamples.Sample(id, minute: minute, affected: affected)));
        tally.Apply(IncidentSamples.Change(IncidentSamples.Sample(id, IncidentStatus.Closed, minute, affected)));
    }
}
