using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Service.Api;

namespace Rx.Alerting.Service.Tests.Api;

public sealed class IncidentStoreTests
{
    private readonly IncidentStore store = new(new ApiOptions { MaximumIncidents = 2 });

    [Fact]
    public void Apply_BeyondTheBound_ForgetsWhatWasResolvedLongestAgo()
    {
        Apply("a", IncidentStatus.Open);
        Apply("b", IncidentStatus.Open);
        Apply("b", IncidentStatus.Closed);
        Apply("a", IncidentStatus.Closed);
        Apply("c", IncidentStatus.Open);

        Assert.Null(store.Find("b"));
        Assert.Equal(["a", "c"], Ids());
    }

    [Fact]
    public void Apply_OnlyOpenOnesBeyondTheBound_KeepsThemAll()
    {
        Apply("a", IncidentStatus.Open);
        Apply("b", IncidentStatus.Open);
        Apply("c", IncidentStatus.Open);
        Assert.Equal(["a", "b", "c"], Ids());

        Apply("a", IncidentStatus.Closed);
        Assert.Equal(["b", "c"], Ids());
    }

    [Fact]
    public void Apply_SameId_KeepsTheLatestState()
    {
        Apply("a", IncidentStatus.Open);
        Apply("a", IncidentStatus.Expired);

        Assert.Equal(IncidentStatus.Expired, store.Find("a")!.Status);
        Assert.Single(store.Snapshot().Incidents);
    }

    [Fact]
    public void Advance_EarlierTime_ChangesNothing()
    {
        store.Advance(IncidentSamples.Start);
        store.Advance(IncidentSamples.Start.AddDays(-1));
        store.Advance(null);

        Assert.Equal(IncidentSamples.Start, store.Snapshot().DecidedUntil);
    }

    private void Apply(string id, IncidentStatus status) => store.Apply(IncidentSamples.Change(IncidentSamples.Sample(id, status)));

    private IEnumerable<string> Ids() => store.Snapshot().Incidents.Select(incident => incident.Id).Order();
}
