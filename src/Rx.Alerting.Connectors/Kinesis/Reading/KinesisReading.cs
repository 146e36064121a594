using System.Reactive.Disposables;
using Rx.Alerting.Connectors.Kinesis.Shards;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Kinesis.Reading;

/// <summary>
/// One reading of the stream, from subscription to end: looks for shards, and runs a reader for each shard that may be read.
/// </summary>
/// <remarks>
/// When a shard ends, its children are announced just before the shard finishes, with no other batch between. So at every instant the shard
/// or its children hold the watermark back, and no view of a child is late because its parent ended.
/// </remarks>
internal sealed class KinesisReading(
    StreamAccess stream,
    IReadOnlyDictionary<string, ShardPosition> positions,
    IPartitionGate gate) : IObservable<ViewBatch>
{
    public IDisposable Subscribe(IObserver<ViewBatch> observer)
    {
        var disposal = new CancellationDisposable();
        _ = Task.Run(() => RunAsync(observer, disposal.Token), CancellationToken.None);
        return disposal;
    }

    private async Task RunAsync(IObserver<ViewBatch> observer, CancellationToken disposed)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(disposed);
        var shards = new ShardReaders(stream, positions, new(observer, gate), stop);
        var failure = await shards.RunAsync();
        if (!disposed.IsCancellationRequested)
            observer.OnError(failure);
    }
}
