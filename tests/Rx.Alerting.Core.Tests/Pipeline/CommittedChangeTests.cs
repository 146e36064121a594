using System.Collections.Concurrent;
using System.Reactive;
using System.Reactive.Subjects;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Core.Tests.Checkpoints;
using Rx.Alerting.Core.Views;
using Rx.Alerting.Testing;
using Rx.Alerting.Testing.Checkpoints;

namespace Rx.Alerting.Core.Tests.Pipeline;

/// <summary>What a commit says of itself, and what a pipeline says of the step that it is in.</summary>
public sealed class CommittedChangeTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly InMemoryCheckpointStore store = new();
    private readonly Subject<ViewBatch> views = new();
    private readonly ConcurrentQueue<CheckpointEvent> events = [];
    private readonly AdvanceWatch watch = new();
    private readonly CheckpointedPipeline pipeline;

    public CommittedChangeTests() => pipeline = new(
        "views",
        new PipelineOptions(),
        new CheckpointOptions { Interval = TimeSpan.FromMilliseconds(5) },
        store,
        [],
        TimeProvider.System,
        Observer.Create<CheckpointEvent>(events.Enqueue),
        watch: watch);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Commit_IncidentOpens_SaysSoOnceWithItsLatency()
    {
        var run = pipeline.RunAsync(new PushedViews(views), Cancel);
        foreach (var batch in Outage())
            views.OnNext(batch);
        views.OnCompleted();
        await run.WaitAsync(Patience, Cancel);

        var commits = events.Where(one => one.Kind == CheckpointEventKind.Committed).ToList();
        var opened = Assert.Single(commits.SelectMany(one => one.Changes), change => change.Transition == IncidentTransition.Opened);
        Assert.Equal(IncidentLevel.Property, opened.Level);
        Assert.InRange(opened.Latency!.Value, TimeSpan.FromTicks(1), Patience);
        Assert.All(commits, one => Assert.True(one.Bytes > 0));
        Assert.DoesNotContain(commits.SelectMany(one => one.Changes), change => change.Transition == IncidentTransition.Updated);
    }

    [Fact]
    public async Task Step_BatchDoesNotEnd_IsTheSameUntilItEnds()
    {
        using var go = new ManualResetEventSlim();
        using var isIn = new ManualResetEventSlim();
        watch.Advanced = () =>
        {
            isIn.Set();
            go.Wait(Patience);
        };
        var run = pipeline.RunAsync(new PushedViews(views), Cancel);
        Assert.Equal(0, pipeline.Step);
        var pushing = Task.Run(() => views.OnNext(Outage().First()), Cancel);
        Assert.True(isIn.Wait(Patience, Cancel));

        var step = pipeline.Step;

        Assert.NotEqual(0, step);
        Assert.Equal(step, pipeline.Step);
        go.Set();
        await pushing;
        watch.Advanced = () => { };
        views.OnCompleted();
        await run.WaitAsync(Patience, Cancel);
        Assert.Equal(0, pipeline.Step);
    }

    /// <summary>An outside system is no reason to start a process again.</summary>
    [Fact]
    public async Task Step_StoreDoesNotAnswer_IsNone()
    {
        var hangs = new HangingStore(store);
        var waiting = new CheckpointedPipeline(
            "views",
            new PipelineOptions(),
            new CheckpointOptions { Interval = TimeSpan.FromMilliseconds(5), StopTimeout = TimeSpan.FromMilliseconds(100) },
            hangs,
            [],
            TimeProvider.System,
            Observer.Create<CheckpointEvent>(events.Enqueue));
        using var stop = new CancellationTokenSource();
        var run = waiting.RunAsync(new PushedViews(views), stop.Token);
        foreach (var batch in Outage())
            views.OnNext(batch);

        await hangs.Asked.WaitAsync(Patience, Cancel);

        Assert.Equal(0, waiting.Step);
        await stop.CancelAsync();
        await run.WaitAsync(Patience, Cancel);
    }

    /// <summary>Else counts stand still for as long as the store is away and no view comes.</summary>
    [Fact]
    public async Task Advance_CommitIsRepeatedAndNoBatchComes_IsCalledOnceMore()
    {
        await using var failsOnce = new InterruptedStore((_, _) => Task.CompletedTask);
        var (advances, committed) = (0, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        watch.Advanced = () => Interlocked.Increment(ref advances);
        var waiting = new CheckpointedPipeline(
            "views",
            new PipelineOptions(),
            new CheckpointOptions { Interval = TimeSpan.FromMilliseconds(5), RetryInterval = TimeSpan.FromMilliseconds(1) },
            failsOnce,
            [],
            TimeProvider.System,
            Observer.Create<CheckpointEvent>(one => _ = one.Kind == CheckpointEventKind.Committed && committed.TrySetResult()),
            watch: watch);
        using var stop = new CancellationTokenSource();
        var run = waiting.RunAsync(new PushedViews(views), stop.Token);

        views.OnNext(Outage().First());
        await committed.Task.WaitAsync(Patience, Cancel);

        Assert.Equal(2, Volatile.Read(ref advances));
        await stop.CancelAsync();
        await run.WaitAsync(Patience, Cancel);
    }

    [Fact]
    public void TopProperties_ManyProperties_AreThoseWithMostViewsAndTheRestIsASum()
    {
        using var detection = new DetectionPipeline(new PipelineOptions());
        const long Start = 1_780_000_000_000;
        var all =
            from number in Enumerable.Range(1, 20)
            from view in Enumerable.Range(0, number * 10)
            select new TestView(Start, $"property-{number}", ErrorType: view < number ? "a" : "");
        detection.OnNext(TestBatches.Of("p", all));
        detection.OnCompleted();

        var top = detection.TopProperties(3, 5);

        Assert.Equal(["property-20", "property-19", "property-18"], top.Properties.Select(property => property.Property));
        var rate = Assert.Single(top.Properties[0].ErrorTypes);
        Assert.Equal(("a", 0.1), (rate.ErrorType, rate.Error));
        Assert.InRange(rate.Threshold, rate.Baseline, 1);
        Assert.Equal((1530, 153), (top.OtherViews, top.OtherErrors));
        Assert.Equal((2100, 210), (detection.TopProperties(0, 5).OtherViews, detection.TopProperties(0, 5).OtherErrors));
    }

    public async ValueTask DisposeAsync()
    {
        views.Dispose();
        await store.DisposeAsync();
    }

    /// <summary>One incident, which opens. The last views move event time on, so that it is decided.</summary>
    private static IEnumerable<ViewBatch> Outage() => new TestTraffic(1) { Step = 1000 }
        .Add(2000, "one", ("a", 0.01)).Add(40, "one", ("a", 0.9)).Add(150, "one")
        .Views.Chunk(10).Select(chunk =>
        {
            var batch = TestBatches.Of("p", chunk);
            batch.Position = $"{chunk[0].Time}";
            return batch;
        });

    /// <summary>A store that takes no commit and says nothing.</summary>
    private sealed class HangingStore(ICheckpointStore inner) : ICheckpointStore
    {
        private readonly TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Asked => asked.Task;

        public Task<CheckpointHead> AcquireAsync(string pipeline, string owner, CancellationToken cancel) =>
            inner.AcquireAsync(pipeline, owner, cancel);

        public Task<CheckpointHead?> FindAsync(string pipeline, CancellationToken cancel) => inner.FindAsync(pipeline, cancel);

        public Task<IReadOnlyList<string>> ListAsync(CancellationToken cancel) => inner.ListAsync(cancel);

        public IAsyncEnumerable<IReadOnlyList<StateEntry>> ReadAsync(string pipeline, string section, CancellationToken cancel) =>
            inner.ReadAsync(pipeline, section, cancel);

        public async Task CommitAsync(CheckpointCommit commit, CancellationToken cancel)
        {
            asked.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel);
        }

        public Task ResetAsync(string pipeline, CancellationToken cancel) => inner.ResetAsync(pipeline, cancel);

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
