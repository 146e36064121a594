using System.Reactive.Linq;
using System.Reactive.Subjects;
using System.Runtime.InteropServices;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Core.Tests.Pipeline;
using Rx.Alerting.Core.Views;
using Rx.Alerting.Testing;

namespace Rx.Alerting.Core.Tests.Checkpoints;

/// <summary>The memory of changes is reused, but not before their commit has ended.</summary>
public sealed class ReleasedMemoryTests
{
    private const string Name = "p";

    [Fact]
    public void ReleaseChanges_OfASnapshot_GivesItsMemoryToTheNext()
    {
        using var pipeline = new DetectionPipeline(new(), tracksChanges: true);
        var first = Take(pipeline, 0);
        pipeline.ReleaseChanges();
        Assert.Same(MemoryOf(first), MemoryOf(Take(pipeline, 1)));
    }

    [Fact]
    public void TakeChanges_WhileTheOnesBeforeAreNotReleased_LeavesTheirBytes()
    {
        using var pipeline = new DetectionPipeline(new(), tracksChanges: true);
        for (var i = 0; i < 30; i++)
            pipeline.OnNext(Batch(i));
        pipeline.TakeChanges(); // So large that its memory need not grow for the others.
        pipeline.ReleaseChanges();
        var kept = Take(pipeline, 30);
        var before = InterruptedStore.Shown(kept);
        Take(pipeline, 31);
        pipeline.ReleaseChanges();
        Take(pipeline, 32);
        Assert.Equal(before, InterruptedStore.Shown(kept));
    }

    [Fact]
    public async Task RunAsync_CommitsFailWhileViewsCome_AreRepeatedAsTheyWere()
    {
        using var views = new Subject<ViewBatch>();
        var pushed = 0;
        await using var store = new InterruptedStore((_, _) =>
        {
            for (var i = 0; i < 3 && pushed < 30; i++)
                views.OnNext(Batch(pushed++));
            if (pushed == 30)
                views.OnCompleted();
            return Task.CompletedTask;
        });
        var run = RunAsync(store, views, CancellationToken.None);
        views.OnNext(Batch(pushed++));
        await run;

        Assert.True(store.Commits.Count >= 20, $"Only {store.Commits.Count} commits came.");
        AssertKept(store, pipeline => pipeline.OnCompleted());
    }

    [Fact]
    public async Task RunAsync_StoppedDuringACommit_RepeatsItAsItWasAndCommitsTheRest()
    {
        using var views = new Subject<ViewBatch>();
        using var stop = new CancellationTokenSource();
        await using var store = new InterruptedStore(async (commit, cancel) =>
        {
            for (var i = 1; i < 30 && commit.Id == 1; i++)
                views.OnNext(Batch(i));
            if (commit.Id > 1)
                return;
            await stop.CancelAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel);
        });
        var run = RunAsync(store, views, stop.Token);
        views.OnNext(Batch(0));
        await run;

        Assert.Equal([1, 1, 2, 2], store.Commits);
        AssertKept(store, _ => { });
    }

    private static Task RunAsync(ICheckpointStore store, IObservable<ViewBatch> views, CancellationToken stop)
    {
        var options = new CheckpointOptions { Interval = TimeSpan.FromMilliseconds(10), RetryInterval = TimeSpan.FromMilliseconds(1) };
        var pipeline = new CheckpointedPipeline(
            Name, new(), options, store, [], TimeProvider.System, new Subject<CheckpointEvent>());
        return pipeline.RunAsync(new PushedViews(views), stop).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    /// <summary>Asserts that the store has the state of a pipeline that has taken every batch.</summary>
    private static void AssertKept(InterruptedStore store, Action<DetectionPipeline> end)
    {
        using var pipeline = new DetectionPipeline(new(), tracksChanges: true);
        for (var i = 0; i < 30; i++)
            pipeline.OnNext(Batch(i));
        end(pipeline);
        using var restored = new DetectionPipeline(
            new(), [.. store.Kept.Entries(Name).Select(entry => new StateEntry(entry.Key, entry.Value))]);
        Assert.Equal(Shown(pipeline), Shown(restored));
    }

    private static IEnumerable<string> Shown(DetectionPipeline pipeline) =>
        pipeline.Save().Select(entry => $"{entry.Key} {Convert.ToHexString(entry.Value.Span)}").Order(StringComparer.Ordinal);

    private static StateChanges Take(DetectionPipeline pipeline, int number)
    {
        pipeline.OnNext(Batch(number));
        return pipeline.TakeChanges();
    }

    private static ViewBatch Batch(int number)
    {
        var traffic = new TestTraffic((ulong)number) { Step = 900 };
        for (var i = 0; i < 10; i++)
            traffic.Add(8, "one", $"title-{(i * number) % 31}", ("a", 0.1));
        var batch = TestBatches.Of("a", traffic.Views.Select(view => view with { Time = view.Time + (number * 9000) }));
        batch.Position = $"{number}";
        return batch;
    }

    private static byte[] MemoryOf(StateChanges changes) =>
        MemoryMarshal.TryGetArray(changes.Written[0].Value, out var memory) ? memory.Array! : [];
}
