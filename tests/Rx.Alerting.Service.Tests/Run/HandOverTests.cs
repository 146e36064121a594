using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Views;
using Rx.Alerting.Service.Run;
using Rx.Alerting.Service.Sources;
using Rx.Alerting.Testing.Checkpoints;

namespace Rx.Alerting.Service.Tests.Run;

public sealed class HandOverTests : IAsyncDisposable
{
    private const string Pipeline = "kafka/views-0";

    private readonly FakeTimeProvider clock = new();
    private readonly InMemoryCheckpointStore store = new();
    private readonly CancellationTokenSource revoked = new();
    private readonly SharedStream assignments = new();
    private readonly PipelineHealth health;
    private readonly HandOver handOver;

    public HandOverTests()
    {
        var stream = new WatchedStream("kafka", "the topic views", assignments);
        health = new(stream);
        handOver = new(stream, store, health, clock, NullLogger<HandOver>.Instance);
        health.Start();
    }

    [Fact]
    public async Task Await_RevokedInTime_IsReadyAllTheWhile()
    {
        await OwnAsync("group others at broker:9092, process 7 on elsewhere");
        var waiting = handOver.AwaitAsync(Pipeline, revoked.Token);
        clock.Advance(assignments.HandOver - TimeSpan.FromSeconds(1));
        Assert.Equal((true, "ready"), (health.IsReady, health.Description));

        await revoked.CancelAsync();

        Assert.False(await waiting);
    }

    [Theory]
    [InlineData("group others at broker:9092, process 7 on elsewhere", "group others at broker:9092, process 7 on elsewhere")]
    [InlineData("group ours at staging:9092, process 7 on elsewhere", "group ours at staging:9092, process 7 on elsewhere")]
    [InlineData(null, "a process that does not say who it is")]
    public async Task Await_OwnedByAProcessThatDoesNotShare_IsNotReadyAndSaysWhoAndWhatToDo(string? owner, string said)
    {
        await OwnAsync(owner);
        var waiting = handOver.AwaitAsync(Pipeline, revoked.Token);

        clock.Advance(assignments.HandOver);

        Assert.False(health.IsReady);
        Assert.StartsWith(
            $"waiting: {Pipeline}; {said} has taken over what is assigned to this process", health.Description, StringComparison.Ordinal);
        Assert.Contains("one Kafka:GroupId", health.Description, StringComparison.Ordinal);
        clock.Advance(assignments.HandOver);
        Assert.False(waiting.IsCompleted);
        await revoked.CancelAsync();
        Assert.False(await waiting);
    }

    [Fact]
    public async Task Await_OwnedByAProcessOfTheSameGroup_RunsAgain()
    {
        await OwnAsync("group ours at broker:9092, process 7 on elsewhere");
        var waiting = handOver.AwaitAsync(Pipeline, revoked.Token);

        clock.Advance(assignments.HandOver);

        Assert.True(await waiting);
        Assert.Equal((false, $"waiting: {Pipeline}"), (health.IsReady, health.Description));
    }

    [Fact]
    public async Task Await_Reset_RunsAgain()
    {
        await OwnAsync(handOver.Who);
        await store.ResetAsync(Pipeline, TestContext.Current.CancellationToken);
        var waiting = handOver.AwaitAsync(Pipeline, revoked.Token);

        clock.Advance(assignments.HandOver);

        Assert.True(await waiting);
    }

    public async ValueTask DisposeAsync()
    {
        revoked.Dispose();
        await store.DisposeAsync();
    }

    private Task OwnAsync(string? who) => store.AcquireAsync(Pipeline, CheckpointOwner.New(who), TestContext.Current.CancellationToken);

    private sealed class SharedStream : IPartitionAssignments
    {
        public bool Has(string partition) => true;

        public string Membership => "group ours at broker:9092";

        public TimeSpan HandOver => TimeSpan.FromSeconds(75);

        public Task RunAsync(RunPartition run, CancellationToken stop) => Task.CompletedTask;
    }
}
