using System.Diagnostics;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Service.Telemetry;

namespace Rx.Alerting.Service.Tests.Telemetry;

/// <summary>Which commit a link names. No link is better than a wrong one.</summary>
public sealed class CommitTrailTests
{
    private readonly CommitTrail trail = new();

    [Fact]
    public void OfEffect_MoreCommitsThanAreRemembered_IsUnknownForTheEarlierOnes()
    {
        trail.Begin(Event(CheckpointEventKind.Restored, latestEffect: 0));
        var commits = Enumerable.Range(1, 70).Select(effect => Commit(effect)).ToList();

        Assert.All(Enumerable.Range(1, 6), effect => Assert.Equal(default, trail.OfEffect("views", effect)));
        Assert.All(Enumerable.Range(7, 64), effect => Assert.Equal(commits[effect - 1], trail.OfEffect("views", effect)));
        Assert.Equal(default, trail.OfEffect("views", 71));
    }

    [Fact]
    public void OfEffect_BeginningWasNotSeen_IsUnknownForTheFirstCommit()
    {
        Commit(5);
        var second = Commit(6);

        Assert.Equal(default, trail.OfEffect("views", 2));
        Assert.Equal(default, trail.OfEffect("views", 5));
        Assert.Equal(second, trail.OfEffect("views", 6));
    }

    /// <summary>That it has opened may be told after its end was committed.</summary>
    [Fact]
    public void OfIncident_OpenedAndClosed_HasACommitForEach()
    {
        trail.Begin(Event(CheckpointEventKind.Restored, latestEffect: 0));
        var opened = Commit(1, IncidentTransition.Opened);
        Commit(2, IncidentTransition.Updated);
        var closed = Commit(3, IncidentTransition.Closed);

        Assert.Equal(opened, trail.OfIncident("incident", isEnd: false));
        Assert.Equal(closed, trail.OfIncident("incident", isEnd: true));
        Assert.Equal(default, trail.OfIncident("other", isEnd: false));
    }

    private ActivityContext Commit(long latestEffect, params IEnumerable<IncidentTransition> changes)
    {
        var commit = new ActivityContext(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded);
        trail.Note(Event(CheckpointEventKind.Committed, latestEffect) with
        {
            Changes = [.. changes.Select(change => new CommittedChange("incident", change, IncidentLevel.Title, null))],
        }, commit);
        return commit;
    }

    private static CheckpointEvent Event(CheckpointEventKind kind, long latestEffect) =>
        new("views", kind, 1, 0, TimeSpan.Zero) { LatestEffect = latestEffect };
}
