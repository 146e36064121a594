using System.Diagnostics;
using Microsoft.Extensions.Time.Testing;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Effects;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Notifications;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Service.Telemetry;

namespace Rx.Alerting.Service.Tests.Telemetry;

/// <summary>Spans of commits, and of deliveries that are linked to them.</summary>
public sealed class CommitSpansTests : IDisposable
{
    private static readonly CheckpointStoreException Away =
        new(CheckpointStoreProblem.Unavailable, "The store is away. Start it.") { What = "away" };

    private readonly FakeTimeProvider clock = new();
    private readonly SpanSource source = new();
    private readonly CommitTrail trail = new();
    private readonly List<Activity> ended = [];
    private readonly ActivityListener listener;
    private ActivitySamplingResult sampling = ActivitySamplingResult.AllDataAndRecorded;
    private readonly CommitSpans commits;
    private readonly DeliverySpans deliveries;

    public CommitSpansTests()
    {
        commits = new(source, trail, new(), clock);
        deliveries = new(source, trail, clock);
        listener = new ActivityListener
        {
            ShouldListenTo = one => ReferenceEquals(one, source.Source),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => sampling,
            ActivityStopped = ended.Add,
        };
        ActivitySource.AddActivityListener(listener);
    }

    [Fact]
    public void Commit_OfOneAttempt_HasThePauseAndTheWriteAsParts()
    {
        Commit(7, TimeSpan.FromMilliseconds(30), TimeSpan.FromMilliseconds(2));

        var commit = Span("commit");
        Assert.Equal(TimeSpan.FromMilliseconds(32), commit.Duration);
        Assert.Equal(("views", 7L, 5L, 0.002, 1), (
            Tag(commit, "rx_alerting.pipeline"), Tag(commit, "rx_alerting.commit.id"), Tag(commit, "rx_alerting.commit.bytes"),
            Tag(commit, "rx_alerting.commit.pause"), Tag(commit, "rx_alerting.attempts")));
        Assert.Equal(TimeSpan.FromMilliseconds(2), Span("snapshot").Duration);
        Assert.Equal(TimeSpan.FromMilliseconds(30), Span("write").Duration);
        Assert.Equal([commit.SpanId, commit.SpanId], new[] { Span("snapshot").ParentSpanId, Span("write").ParentSpanId });
        Assert.Equal(ActivityStatusCode.Unset, commit.Status);
    }

    [Fact]
    public void Commit_ThatWasRepeated_HasTheFailedAttemptsAsEvents()
    {
        Retry(7);
        Retry(7);

        Commit(7, TimeSpan.FromSeconds(3), TimeSpan.Zero);

        var commit = Span("commit");
        Assert.Equal(3, Tag(commit, "rx_alerting.attempts"));
        Assert.Equal(["exception", "exception"], commit.Events.Select(one => one.Name));
        Assert.Contains(commit.Events.First().Tags, tag => tag is { Key: "exception.type", Value: "unavailable" });
        Assert.Equal(ActivityStatusCode.Unset, commit.Status);
    }

    [Fact]
    public void Commit_ThatNeverEndsWell_IsAnError()
    {
        Restore("views");
        Restore("other");
        ended.Clear();
        Retry(7);
        commits.End("views");
        commits.End("views"); // Nothing is left to tell.
        commits.Lose("other", new OwnershipLostException("other", 1, 2));

        Assert.All(ended, span => Assert.Equal("commit", span.OperationName));
        Assert.Equal(["given_up", "ownership_lost"], ended.Select(span => Tag(span, "rx_alerting.outcome")));
        Assert.All(ended, span => Assert.Equal(ActivityStatusCode.Error, span.Status));
        Assert.Equal(("unavailable", "away"), (Tag(ended[0], "error.type"), ended[0].StatusDescription));
        Assert.Equal(7L, Tag(ended[0], "rx_alerting.commit.id"));
    }

    [Fact]
    public void Restore_ThatNeverEndsWell_IsAnErrorOfTheRestore()
    {
        Retry(0);
        commits.End("views");
        commits.Lose("other", new OwnershipLostException("other", 1, 2));
        Restore("views");
        commits.Take(new("views", CheckpointEventKind.RolledBack, 0, 0, TimeSpan.Zero, Away));
        Retry(0);
        commits.End("views"); // It was being restored again.

        Assert.Equal(["restore", "restore", "restore", "commit", "restore"], ended.Select(span => span.OperationName));
        Assert.Equal(
            ["given_up", "ownership_lost", "restored", "rolled_back", "given_up"], ended.Select(span => Tag(span, "rx_alerting.outcome")));
        Assert.Equal((ActivityStatusCode.Error, "away"), (ended[0].Status, ended[0].StatusDescription));
    }

    /// <summary>OTEL_TRACES_SAMPLER may leave out any commit.</summary>
    [Theory]
    [InlineData(ActivitySamplingResult.None)]
    [InlineData(ActivitySamplingResult.PropagationData)]
    public void Delivery_OfAnEffectInACommitWithoutSpan_HasNoLink(ActivitySamplingResult result)
    {
        Restore("views");
        sampling = result;
        Commit(1, TimeSpan.Zero, TimeSpan.Zero, latestEffect: 1);
        sampling = ActivitySamplingResult.AllDataAndRecorded;
        Commit(2, TimeSpan.Zero, TimeSpan.Zero, latestEffect: 2);
        ended.Clear();

        Deliver(1);
        Deliver(2);

        Assert.Equal([0, 1], ended.Select(span => span.Links.Count()));
    }

    [Fact]
    public void Delivery_OfAnEffect_IsLinkedToTheCommitThatHasIt()
    {
        Restore("views", latestEffect: 3);
        Commit(2, TimeSpan.Zero, TimeSpan.Zero, latestEffect: 5, "incident-a");
        Commit(3, TimeSpan.Zero, TimeSpan.Zero, latestEffect: 5);
        Commit(4, TimeSpan.Zero, TimeSpan.Zero, latestEffect: 6, "incident-b");
        var of = ended.Where(span => span.OperationName == "commit").ToDictionary(span => Tag(span, "rx_alerting.commit.id")!);
        ended.Clear();

        Deliver(3); // An earlier process has committed it.
        Deliver(5);
        Deliver(6);
        deliveries.Take(new NotificationReport(
            "ops", "views", "incident-b", NotificationReportKind.Failed, NotificationEvent.Opened, "no", 1, TimeSpan.Zero)
        {
            Duration = TimeSpan.FromSeconds(1),
        });

        Assert.Empty(ended[0].Links);
        Assert.Equal(of[2L].SpanId, ended[1].Links.Single().Context.SpanId);
        Assert.Equal(of[4L].SpanId, ended[2].Links.Single().Context.SpanId);
        Assert.Equal(of[4L].SpanId, ended[3].Links.Single().Context.SpanId);
        Assert.Equal((ActivityStatusCode.Error, "no"), (ended[3].Status, ended[3].StatusDescription));
    }

    /// <summary>A request over HTTP has an activity that nobody records.</summary>
    [Fact]
    public void Span_InsideOfAnotherActivity_IsNoPartOfIt()
    {
        using var request = new Activity("request").Start();

        Commit(1, TimeSpan.Zero, TimeSpan.Zero);

        Assert.Equal(default, Span("commit").ParentSpanId);
        Assert.Same(request, Activity.Current);
    }

    public void Dispose()
    {
        listener.Dispose();
        source.Dispose();
    }

    private static object? Tag(Activity span, string name) => span.GetTagItem(name);

    private Activity Span(string name) => ended.Single(span => span.OperationName == name);

    private void Restore(string pipeline, long latestEffect = 0) =>
        commits.Take(new(pipeline, CheckpointEventKind.Restored, 1, 0, TimeSpan.Zero) { LatestEffect = latestEffect });

    private void Retry(long id)
    {
        clock.Advance(TimeSpan.FromSeconds(1));
        commits.Take(new("views", CheckpointEventKind.Retrying, id, 0, TimeSpan.FromMilliseconds(100), Away));
    }

    private void Commit(long id, TimeSpan took, TimeSpan pause, long latestEffect = 0, params IEnumerable<string> opened)
    {
        clock.Advance(took);
        commits.Take(new("views", CheckpointEventKind.Committed, id, 1, took)
        {
            Pause = pause,
            Bytes = 5,
            LatestEffect = latestEffect,
            Changes = [.. opened.Select(incident => new CommittedChange(incident, IncidentTransition.Opened, IncidentLevel.Title, null))],
        });
    }

    private void Deliver(long sequence) => deliveries.Take(new CourierEvent(
        "views", "board", CourierEventKind.Delivered, 1, new("board", sequence)));
}
