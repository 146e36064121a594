using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Core.Views;
using Rx.Alerting.Service.Run;
using Rx.Alerting.Service.Sources;
using Rx.Alerting.Testing;

namespace Rx.Alerting.Service.Tests.Run;

/// <summary>What the service says after its store has lost state, while a pipeline reads views again.</summary>
public sealed class CatchingUpTests : IDisposable
{
    private const string Name = "test/script";
    private static readonly DateTimeOffset Begin = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider clock = new(Begin.AddHours(2));
    private readonly PipelineStatus status;
    private readonly PipelineHealth health = new(new WatchedStream("test", "a stream", new WholeStream("script", ScriptedSource.Silent)));
    private readonly CatchingUp loss;
    private DetectionPipeline pipeline = New();

    public CatchingUpTests()
    {
        status = new(clock, NullLogger<PipelineStatus>.Instance);
        loss = new(status, health, clock, NullLogger<CatchingUp>.Instance);
        health.Start();
        status.Begin(Name, pipeline);
    }

    public void Dispose()
    {
        loss.Dispose();
        pipeline.Dispose();
    }

    [Fact]
    public void Notice_StoreLostCommits_IsSaidUntilEventTimeIsWhereItWas()
    {
        Push(60);
        loss.Take(new(Name, CheckpointEventKind.RolledBack, 0, 0, TimeSpan.Zero));
        Anew();
        loss.Take(new(Name, CheckpointEventKind.Restored, 0, 0, TimeSpan.Zero) { Lost = "commit 7 was confirmed" });
        AssertSaid("2026-01-01 00:00:58Z");

        Push(30);
        AssertSaid("2026-01-01 00:00:58Z; it is 2026-01-01 00:00:28Z");

        Push(61);
        AssertOver();
    }

    [Fact]
    public void Notice_StateMissingAtStart_IsSaidUntilEventTimeIsTheTimeOfTheStart()
    {
        loss.Take(new(Name, CheckpointEventKind.Restored, 0, 0, TimeSpan.Zero) { Lost = "the group has offsets" });
        Push(60);
        AssertSaid("2026-01-01 02:00:00Z");

        Push(2 * 3600 + 60);
        AssertOver();
    }

    [Fact]
    public void Notice_AllPartitionsAtTheirEnd_IsOver()
    {
        loss.Take(new(Name, CheckpointEventKind.Restored, 0, 0, TimeSpan.Zero) { Lost = "the group has offsets" });
        Push(60);
        AssertSaid("lost its state");

        Push(0, PartitionStatus.Idle);
        AssertOver();
    }

    [Fact]
    public void Notice_PipelineRestoredOrNew_IsNotSaid()
    {
        loss.Take(new(Name, CheckpointEventKind.Restored, 12, 100, TimeSpan.Zero));
        loss.Take(new(Name, CheckpointEventKind.Restored, 0, 0, TimeSpan.Zero));
        loss.LookAgain();
        Assert.Null(loss.Notice);
        Assert.Equal("ready", health.Description);
    }

    [Fact]
    public async Task Incidents_WhileCatchingUp_CarryTheNotice()
    {
        await using var service = await RunningService.StartAsync(ScriptedSource.Silent);
        await service.UntilNothingIsMissingAsync();
        var (_, _, before) = await service.GetAsync("/api/v1/incidents");
        Assert.False(before.TryGetProperty("notice", out _));

        service.Loss.Take(new("test/script", CheckpointEventKind.Restored, 0, 0, TimeSpan.Zero) { Lost = "the group has offsets" });

        var (status, _, body) = await service.GetAsync("/api/v1/incidents");
        Assert.Equal(200, status);
        Assert.Contains("test/script lost its state", body.GetProperty("notice").GetString(), StringComparison.Ordinal);
        var (_, _, one) = await service.GetAsync("/api/v1/incidents/none");
        Assert.Contains("or not yet: test/script lost its state", one.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    private static DetectionPipeline New() => new(new PipelineOptions { EventTime = new() { MaximumOutOfOrderness = TimeSpan.Zero } });

    private void Anew()
    {
        pipeline.Dispose();
        pipeline = New();
        status.Begin(Name, pipeline);
    }

    /// <summary>A view in every second up to the given one.</summary>
    private void Push(int seconds, PartitionStatus state = PartitionStatus.Active)
    {
        var batch = TestBatches.Of(
            "p", Enumerable.Range(0, seconds).Select(second => new TestView(Begin.AddSeconds(second).ToUnixTimeMilliseconds(), "acme")));
        batch.Status = state;
        pipeline.OnNext(batch);
        status.Settle(Name, pipeline);
        loss.LookAgain();
    }

    private void AssertSaid(string text)
    {
        loss.LookAgain();
        Assert.Contains(text, loss.Notice, StringComparison.Ordinal);
        Assert.StartsWith(
            $"ready; {Name} lost its state at 2026-01-01 02:00:00Z and reads anew", health.Description, StringComparison.Ordinal);
    }

    private void AssertOver()
    {
        Assert.Null(loss.Notice);
        Assert.Equal("ready", health.Description);
    }
}
