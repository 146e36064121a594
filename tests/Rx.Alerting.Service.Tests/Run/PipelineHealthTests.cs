using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Core.Views;
using Rx.Alerting.Service.Run;
using Rx.Alerting.Service.Sources;

namespace Rx.Alerting.Service.Tests.Run;

public sealed class PipelineHealthTests
{
    private readonly TroubledStream stream = new() { Trouble = "nobody answers" };
    private readonly PipelineHealth health;

    public PipelineHealthTests() => health = new(new WatchedStream("test", "a stream", stream));

    [Fact]
    public void Description_OnTheWayUp_SaysWhatIsWaitedFor()
    {
        AssertSaid(false, "starting; nobody answers");
        health.Start();
        health.Wait("test/a");
        AssertSaid(false, "waiting: test/a; nobody answers");
        health.Take(Event(CheckpointEventKind.Restored));
        AssertSaid(false, "waiting: source; nobody answers");
        stream.Trouble = null;
        AssertSaid(true, "ready");
    }

    [Fact]
    public void Description_SourceFailsAfterItWasRead_StaysReadyAndSaysSo()
    {
        stream.Trouble = null;
        health.Start();
        AssertSaid(true, "ready");

        stream.Trouble = "nobody answers";

        AssertSaid(true, "ready; nobody answers");
    }

    [Fact]
    public void Description_EventTimeWaits_IsReadyAndSaysSo()
    {
        (stream.Trouble, stream.Delay) = (null, "a transaction is open");
        health.Start();

        AssertSaid(true, "ready; a transaction is open");
    }

    [Fact]
    public void Description_SourceWasReadBeforeAnybodyAsked_IsReady()
    {
        health.Start();
        health.Take(Event(CheckpointEventKind.Committed));

        AssertSaid(true, "ready; nobody answers");
    }

    [Fact]
    public void Description_StoreFailsInMidRun_StaysReadyAndSaysSo()
    {
        stream.Trouble = null;
        health.Start();
        health.Take(Event(CheckpointEventKind.Retrying));
        AssertSaid(true, "ready; the store does not answer");

        health.Take(Event(CheckpointEventKind.RolledBack));

        AssertSaid(false, "waiting: test/a; the store does not answer");
        health.Take(Event(CheckpointEventKind.Restored));
        AssertSaid(true, "ready");
    }

    [Fact]
    public void HasStarted_StateWasThereOnce_StaysSo()
    {
        health.Start();
        health.Wait("test/a");
        Assert.False(health.HasStarted);

        health.Take(Event(CheckpointEventKind.Restored));

        Assert.True(health.HasStarted); // Though the source has not answered yet.
        health.Take(Event(CheckpointEventKind.RolledBack));
        AssertSaid(false, "waiting: test/a; nobody answers");
        Assert.True(health.HasStarted);
    }

    [Fact]
    public void Description_TooFarBehind_IsNotReadyButStarted()
    {
        stream.Trouble = null;
        health.Start();
        AssertSaid(true, "ready");

        health.Lag = "test/a is 10m behind";

        AssertSaid(false, "waiting: lag; test/a is 10m behind");
        Assert.True(health.HasStarted);
        health.Lag = null;
        AssertSaid(true, "ready");
    }

    private static CheckpointEvent Event(CheckpointEventKind kind) => new("test/a", kind, 1, 0, TimeSpan.Zero);

    private void AssertSaid(bool ready, string description) => Assert.Equal((ready, description), (health.IsReady, health.Description));

    private sealed class TroubledStream : IPartitionAssignments
    {
        public bool Has(string partition) => true;

        public string? Trouble { get; set; }

        public string? Delay { get; set; }

        public Task RunAsync(RunPartition run, CancellationToken stop) => Task.CompletedTask;
    }
}
