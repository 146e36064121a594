using System.Reactive;
using System.Reactive.Linq;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Core.Views;
using Rx.Alerting.Testing.Checkpoints;

namespace Rx.Alerting.Core.Tests.Pipeline;

/// <summary>An earlier release is started beside a newer one, or in its place.</summary>
public sealed class NewerCheckpointTests
{
    private const string Name = "views";

    [Fact]
    public async Task Run_CheckpointOfANewerRelease_IsRefusedAndStaysWithItsOwner()
    {
        await using var store = new InMemoryCheckpointStore();
        var cancel = TestContext.Current.CancellationToken;
        var head = await store.AcquireAsync(Name, "the newer release", cancel);
        var header = new StateEntry(new(StateSections.Header, 0, 0), new byte[] { 99, 0, 0, 0 });
        await store.CommitAsync(new(Name, head.Epoch, head.Owner, 1, DateTimeOffset.UnixEpoch, new([header], [])), cancel);
        var before = await store.FindAsync(Name, cancel);

        var pipeline = new CheckpointedPipeline(
            Name, new(), new(), store, [], TimeProvider.System, Observer.Create<CheckpointEvent>(_ => { }));
        var refusal = await Assert.ThrowsAsync<CheckpointFormatException>(() => pipeline.RunAsync(new NoViews(), cancel));

        Assert.Equal(CheckpointFormatProblem.Newer, refusal.Problem);
        Assert.Equal(before, await store.FindAsync(Name, cancel));
    }

    private sealed class NoViews : IViewSource
    {
        public IObservable<ViewBatch> Read(IReadOnlyDictionary<string, string> positions, IPartitionGate gate) =>
            Observable.Empty<ViewBatch>();
    }
}
