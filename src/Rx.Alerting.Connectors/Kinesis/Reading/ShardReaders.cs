using System.Collections.Concurrent;
using Amazon.Kinesis.Model;
using Rx.Alerting.Connectors.Kinesis.Shards;
using Rx.Alerting.Connectors.Positions;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Kinesis.Reading;

/// <summary>The readers of a reading, from the first look for shards until one of them fails or all are stopped.</summary>
internal sealed class ShardReaders(
    StreamAccess stream, IReadOnlyDictionary<string, ShardPosition> positions, BatchExchange exchange, CancellationTokenSource stop)
{
    /// <summary>Looks for the children of a shard that has ended, before going on without them.</summary>
    private const int LooksForChildren = 5;

    private static readonly TimeSpan ChildrenInterval = TimeSpan.FromSeconds(1);

    private readonly ShardGraph graph = new(positions, stream.Options.StartAt, StartPosition(stream));
    private readonly SemaphoreSlim changing = new(1);
    private readonly SemaphoreSlim reads = new(stream.Options.ConcurrentReads);
    private readonly ConcurrentQueue<Task> readers = [];

    /// <summary>Shards read to their end whose position is kept, as they are still listed.</summary>
    private readonly HashSet<string> ended = [.. positions.Where(position => position.Value.Kind == ShardPositionKind.End).Select(position => position.Key)];
    private Exception? failure;

    /// <summary>Runs until stopped, and gives what stopped it.</summary>
    internal async Task<Exception> RunAsync()
    {
        await GuardAsync(DiscoverAsync);
        // A reader that ends may have started others; they are in the queue by then.
        while (readers.TryDequeue(out var reader))
            await reader;
        return failure ?? new OperationCanceledException(stop.Token);
    }

    private static ShardPosition StartPosition(StreamAccess stream) => stream.Options.StartAt switch
    {
        StartAt.Latest => ShardPosition.At(stream.Time.GetUtcNow()),
        StartAt.AtTimestamp => ShardPosition.At(stream.Options.Timestamp!.Value),
        _ => ShardPosition.TrimHorizon,
    };

    private async Task GuardAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Stopped; whoever stopped it knows why.
        }
        catch (Exception e)
        {
            Interlocked.CompareExchange(ref failure, Failures.ForPeople(stream.Options.StreamName, e), null);
            await stop.CancelAsync();
        }
    }

    private async Task DiscoverAsync()
    {
        for (var first = true; ; first = false)
        {
            await changing.WaitAsync(stop.Token);
            try
            {
                var listing = await stream.ListShardsAsync(stop.Token);
                graph.Update(listing);
                if (first)
                    await CheckPositionsAsync();
                await ForgetAsync(listing);
                await StartAsync(graph.Ready(), []);
            }
            finally
            {
                changing.Release();
            }

            await stream.DelayAsync(stream.Options.DiscoveryInterval, stop.Token);
        }
    }

    /// <summary>Shards that a checkpoint knows and the stream does not, or differently.</summary>
    private async Task CheckPositionsAsync()
    {
        foreach (var (shard, position) in positions.OrderBy(position => position.Key, StringComparer.Ordinal))
        {
            if (graph.Find(shard) is not { } node)
            {
                if (position.Kind == ShardPositionKind.End)
                    continue;
                Gaps.Found(stream, shard, position);
                await exchange.PushAsync([new(shard) { Status = PartitionStatus.Finished }], stop.Token);
            }
            else if (position.Kind == ShardPositionKind.End && !node.Closed)
            {
                Gaps.Found(stream, shard, position);
                ended.Remove(shard);
                node.Start = ShardPosition.TrimHorizon;
                node.State = ShardState.Waiting;
            }
        }
    }

    /// <summary>Lets the checkpoint forget shards that have ended and that the stream no longer lists: they cannot come back.</summary>
    private async Task ForgetAsync(IReadOnlyList<Shard> listing)
    {
        var gone = ended.Except(listing.Select(shard => shard.ShardId!)).Order(StringComparer.Ordinal).ToList();
        await exchange.PushAsync(gone.Select(shard => new ViewBatch(shard) { Status = PartitionStatus.Finished }), stop.Token);
        ended.ExceptWith(gone);
    }

    /// <summary>Announces shards, pushes what must follow that at once, and starts their readers.</summary>
    private async Task StartAsync(IReadOnlyList<ShardNode> nodes, IReadOnlyList<ViewBatch> then)
    {
        var announcements = nodes.Select(node => Batch(node.Id, node.Start, PartitionStatus.Active));
        await exchange.PushAsync(announcements.Concat(then), stop.Token);
        foreach (var node in nodes)
        {
            node.State = ShardState.Reading;
            KinesisLog.ShardStarted(stream.Logger, stream.Options.StreamName, node.Id, node.Start.ToString());
            var reader = new ShardReader(stream, node, exchange, reads, gated: !graph.IsWaitedFor(node));
            readers.Enqueue(GuardAsync(() => ReadAsync(node, reader)));
        }
    }

    private async Task ReadAsync(ShardNode node, ShardReader reader)
    {
        await Task.Yield();
        await reader.RunAsync(stop.Token);
        await changing.WaitAsync(stop.Token);
        try
        {
            await ListChildrenAsync(node);
            await StartAsync(graph.ReadyAfter(node), [Batch(node.Id, ShardPosition.End, PartitionStatus.Finished)]);
            node.State = ShardState.Finished;
            ended.Add(node.Id);
            KinesisLog.ShardFinished(stream.Logger, stream.Options.StreamName, node.Id);
        }
        finally
        {
            changing.Release();
        }
    }

    private async Task ListChildrenAsync(ShardNode node)
    {
        for (var look = 0; look < LooksForChildren && !graph.HasChildren(node); look++)
        {
            if (look > 0)
                await stream.DelayAsync(ChildrenInterval, stop.Token);
            graph.Update(await stream.ListShardsAsync(stop.Token));
        }
    }

    private static ViewBatch Batch(string shard, ShardPosition position, PartitionStatus status) =>
        new(shard) { Position = position.ToString(), Status = status };
}
