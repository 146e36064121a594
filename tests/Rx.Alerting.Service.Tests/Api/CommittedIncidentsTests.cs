using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Service.Api;

namespace Rx.Alerting.Service.Tests.Api;

public sealed class CommittedIncidentsTests
{
    private const string Pipeline = "kafka/views";

    private readonly CommittedIncidents store = new(new IncidentOptions { MaximumHistory = 2 });

    public CommittedIncidentsTests() => store.Begin(Pipeline, []);

    [Fact]
    public void Apply_BeyondTheBound_ForgetsWhatWasResolvedLongestAgo()
    {
        Apply("a", IncidentStatus.Open);
        Apply("b", IncidentStatus.Open);
        Apply("b", IncidentStatus.Closed, minute: 1);
        Apply("a", IncidentStatus.Closed, minute: 2);
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
    public void Apply_OlderState_ChangesNothing()
    {
        store.Apply(Pipeline, IncidentSamples.Sample("a", minute: 5, affected: 20));
        store.Apply(Pipeline, IncidentSamples.Sample("a", minute: 4, affected: 10));

        Assert.Equal(20, store.Find("a")!.AffectedViews);
    }

    [Fact]
    public void Begin_Again_HasWhatTheCheckpointHas()
    {
        Apply("a", IncidentStatus.Open);
        store.Begin(Pipeline, [IncidentSamples.Sample("b")]);

        Assert.Equal(["b"], Ids());
    }

    [Fact]
    public void Forget_OnePipelineOfTwo_KeepsTheOther()
    {
        store.Begin("kafka/views-1", [IncidentSamples.Sample("b")]);
        Apply("a", IncidentStatus.Open);

        store.Forget(Pipeline);
        Apply("c", IncidentStatus.Open);

        Assert.Equal(["b"], Ids());
    }

    [Fact]
    public void Advance_EarlierTime_ChangesNothing()
    {
        store.Advance(IncidentSamples.Start);
        store.Advance(IncidentSamples.Start.AddDays(-1));
        store.Advance(null);

        Assert.Equal(IncidentSamples.Start, store.Snapshot().DecidedUntil);
    }

    private void Apply(string id, IncidentStatus status, int minute = 0) =>
        store.Apply(Pipeline, IncidentSamples.Sample(id, status, minute));

    private IEnumerable<string> Ids() => store.Snapshot().Incidents.Select(incident => incident.Id).Order();
}
