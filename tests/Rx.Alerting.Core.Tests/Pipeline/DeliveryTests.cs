using System.Reactive;
using System.Reactive.Subjects;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Effects;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Core.Views;
using Rx.Alerting.Testing;
using Rx.Alerting.Testing.Checkpoints;
using Rx.Alerting.Testing.Effects;

namespace Rx.Alerting.Core.Tests.Pipeline;

/// <summary>Commits, deliveries and the end of a run, where channels do not do what they should.</summary>
public sealed class DeliveryTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly InMemoryCheckpointStore store = new();
    private readonly Subject<ViewBatch> views = new();
    private readonly CancellationTokenSource stop = new();
    private readonly RecordingChannel good = new("good");
    private readonly RecordingChannel bad = new("bad");

    private readonly TaskCompletionSource delivered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long commits;
    private CheckpointOptions checkpoints = new() { Interval = TimeSpan.FromMilliseconds(5), StopTimeout = TimeSpan.FromMilliseconds(200) };

    public async ValueTask DisposeAsync()
    {
        views.Dispose();
        stop.Dispose();
        await store.DisposeAsync();
    }

    [Fact]
    public async Task Run_ChannelHangs_CommitsAndOthersGoOnAndTheStopIsInTime()
    {
        bad.Before = _ => new TaskCompletionSource().Task;
        good.After = () => delivered.TrySetResult();
        var run = RunAsync();
        Push(Outage());
        await delivered.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        foreach (var batch in Calm())
            await CommittedAsync(() => Push([batch]));
        await stop.CancelAsync();
        await run.WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Empty(bad.Delivered);
    }

    [Fact]
    public async Task Run_AfterAChannelThatHung_DeliversWhatItHasMissedAndNothingTwice()
    {
        bad.Before = _ => new TaskCompletionSource().Task;
        good.After = () => delivered.TrySetResult();
        var first = RunAsync();
        Push(Outage());
        await delivered.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        await CommittedAsync(() => Push(Calm()));
        await stop.CancelAsync();
        await first.WaitAsync(Patience, TestContext.Current.CancellationToken);

        bad.Before = _ => Task.CompletedTask;
        await RunAsync(System.Reactive.Linq.Observable.Empty<ViewBatch>(), TestContext.Current.CancellationToken);

        Assert.Equal(good.Settled, bad.Settled);
        Assert.NotEmpty(bad.Delivered);
        Assert.All([good, bad], channel => Assert.Distinct(channel.Delivered.Select(effect => effect.Id)));
    }

    [Fact]
    public async Task Run_ChannelThrows_EndsWhenTheChannelTakesWhatThereIs()
    {
        var failures = 3;
        bad.Before = _ => failures-- > 0 ? throw new InvalidOperationException("no") : Task.CompletedTask;
        var run = RunAsync();
        Push(Outage());
        views.OnCompleted();

        await run.WaitAsync(Patience, TestContext.Current.CancellationToken);

        Assert.Equal(good.Settled, bad.Settled);
        Assert.NotEmpty(bad.Delivered);
        Assert.DoesNotContain(store.Entries("views").Keys, IsEffect);
    }

    /// <summary>At the end of a stream a channel is waited for. But who asks to stop need not wait for one that is down.</summary>
    [Fact]
    public async Task Run_StopWhileAChannelIsDownAtTheEnd_Ends()
    {
        var failed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        bad.Before = _ =>
        {
            failed.TrySetResult();
            throw new InvalidOperationException("no");
        };
        var run = RunAsync();
        Push(Outage());
        views.OnCompleted();
        await failed.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.False(run.IsCompleted);

        await stop.CancelAsync();
        await run.WaitAsync(Patience, TestContext.Current.CancellationToken);

        Assert.NotEmpty(good.Delivered);
        Assert.Contains(store.Entries("views").Keys, IsEffect);
    }

    [Fact]
    public async Task Run_SomethingIsDecided_IsToldWithoutWaitingForTheInterval()
    {
        checkpoints = checkpoints with { Interval = TimeSpan.FromHours(1) };
        good.After = () => delivered.TrySetResult();
        var run = RunAsync();

        Push(Outage());

        await delivered.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        await stop.CancelAsync();
        await run.WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    private static bool IsEffect(StateKey key) => key is { Section: StateSections.Outbox, High: OutboxLayout.ChangeEntry };

    /// <summary>One incident, which opens. The last views move event time on, so that it is decided.</summary>
    private static IEnumerable<ViewBatch> Outage() => Batches(new TestTraffic(1) { Step = 1000 }
        .Add(2000, "one", ("a", 0.01)).Add(40, "one", ("a", 0.9)).Add(150, "one"));

    private static IEnumerable<ViewBatch> Calm()
    {
        var traffic = new TestTraffic(2) { Step = 1000 };
        return Batches(traffic.Pause(TimeSpan.FromHours(1)).Add(50, "two", ("a", 0.01)));
    }

    private static IEnumerable<ViewBatch> Batches(TestTraffic traffic) => traffic.Views.Chunk(10).Select((chunk, i) =>
    {
        var batch = TestBatches.Of("p", chunk);
        batch.Position = $"{chunk[0].Time}";
        return batch;
    });

    private Task RunAsync() => RunAsync(views, stop.Token);

    private Task RunAsync(IObservable<ViewBatch> source, CancellationToken cancel)
    {
        var options = new PipelineOptions { Effects = new() { RetryInterval = TimeSpan.FromMilliseconds(10) } };
        var pipeline = new CheckpointedPipeline(
            "views", options, checkpoints, store, [good, bad], TimeProvider.System, Observer.Create<CheckpointEvent>(Count));
        return pipeline.RunAsync(new PushedViews(source), cancel);
    }

    private void Count(CheckpointEvent value)
    {
        if (value.Kind == CheckpointEventKind.Committed)
            Interlocked.Increment(ref commits);
    }

    private void Push(IEnumerable<ViewBatch> batches)
    {
        foreach (var batch in batches)
            views.OnNext(batch);
    }

    /// <summary>Ends when there is a commit that has what <paramref name="push"/> has pushed.</summary>
    private async Task CommittedAsync(Action push)
    {
        var before = Interlocked.Read(ref commits);
        push();
        var isThere = await Task.Run(() => SpinWait.SpinUntil(() => Interlocked.Read(ref commits) > before, Patience));
        Assert.True(isThere, "There is no commit.");
    }
}
