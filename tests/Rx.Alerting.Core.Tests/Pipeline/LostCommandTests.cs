using System.Reactive;
using System.Reactive.Disposables;
using System.Reactive.Linq;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Control;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Core.Views;
using Rx.Alerting.Testing;
using Rx.Alerting.Testing.Checkpoints;

namespace Rx.Alerting.Core.Tests.Pipeline;

/// <summary>A command whose confirmed commit the store loses while the pipeline runs.</summary>
public sealed class LostCommandTests
{
    private static readonly IReadOnlyList<TestView> Views =
        new TestTraffic(1) { Step = 1000 }.Add(2000, "one", ("a", 0.01)).Add(40, "one", ("a", 0.9)).Add(150, "one").Views;

    /// <summary>The command's event time comes with the end of a partition, and then no views come for long.</summary>
    [Fact]
    public async Task Execute_CommitIsLost_TakesEffectAgainWithABatchWithoutViews()
    {
        var (cancel, patience) = (TestContext.Current.CancellationToken, TimeSpan.FromSeconds(30));
        var options = new CheckpointOptions { Interval = TimeSpan.FromMilliseconds(5), RetryInterval = TimeSpan.FromMilliseconds(5) };
        await using var store = new InMemoryCheckpointStore();
        using var stop = new CancellationTokenSource();
        var events = Observer.Create<CheckpointEvent>(_ => { });
        var pipeline = new CheckpointedPipeline("views", new PipelineOptions(), options, store, [], TimeProvider.System, events);
        var run = pipeline.RunAsync(new Source(), stop.Token);
        var answer = await pipeline.ExecuteAsync(Silence("lost"), cancel).WaitAsync(patience, cancel);
        var head = await store.FindAsync("views", cancel);
        store.RollBack("views", (int)head!.Id);

        await pipeline.ExecuteAsync(Silence("next"), cancel).WaitAsync(patience, cancel);

        Assert.Equal(answer, await pipeline.ExecuteAsync(Silence("lost"), cancel).WaitAsync(patience, cancel));
        await stop.CancelAsync();
        await run.WaitAsync(patience, cancel);
    }

    private static SilenceCommand Silence(string id) => new(id, "ann", new("nobody"), "why") { Duration = TimeSpan.FromDays(1) };

    /// <summary>A partition that is behind holds event time until it ends.</summary>
    private sealed class Source : IViewSource
    {
        public IObservable<ViewBatch> Read(IReadOnlyDictionary<string, string> positions, IPartitionGate gate) =>
            Observable.Create<ViewBatch>(observer =>
            {
                observer.OnNext(TestBatches.Of("behind", Views.Take(100)));
                observer.OnNext(TestBatches.Of("ahead", Views.Skip(100)));
                observer.OnNext(new ViewBatch("behind") { Status = PartitionStatus.Finished, Position = "100" });
                return Disposable.Empty;
            });
    }
}
