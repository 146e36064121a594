using System.Collections.Concurrent;
using Amazon.Kinesis.Model;
using Rx.Alerting.Connectors.Kinesis.Shards;
using Rx.Alerting.Connectors.Positions;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Kinesis.Reading;

/// <summary>
/// Discovers shards, and runs a reader for each, until a reader fails or all are stopped. When a shard ends, starts the readers of its
/// children.
/// </summary>
internal sealed class ShardReaders(
    StreamAccess stream, IReadOnlyDictionary<string, ShardPosition> positions, SerializedOutput output, CancellationTokenSource stop)
{
    /// <summary>How often the children of an ended shard are looked for before the reading goes on without them.</summary>
    private const int LooksForChildren = 5;

    private static readonly TimeSpan ChildrenInterval = TimeSpan.FromSeconds(1);

    private readonly ShardGraph graph = new(positions, stream.Options.StartAt, StartPosition(stream));
    private readonly SemaphoreSlim changing = new(1);
    private readonly SemaphoreSlim reads = new(stream.Options.ConcurrentReads);
    private readonly ConcurrentQueue<Task> readers = [];

    /// <summary>Shards that have been read to their end. Their positions are kept as long as the stream lists them.</summary>
    private readonly HashSet<string> ended =
        [.. positions.Where(position => position.Value.Kind == ShardPositionKind.End).Select(position => position.Key)];

    private Exception? failure;

    /// <summary>Runs until stopped, and gives the cause.</summary>
    internal async Task<Exception> RunAsync()
    {
        await GuardAsync(DiscoverAsync);

        // A reader that ends may have started other readers. Those are in the queue before it ends.
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
            // The cause is in the field for failures, or the subscription has ended.
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

    /// <summary>
    /// Compares the checkpoint with the stream. A gap: a shard that the stream does not list, or an ended shard that the stream lists as
    /// open.
    /// </summary>
    private async Task CheckPositionsAsync()
    {
        foreach (var (shard, position) in positions.OrderBy(position => position.Key, StringComparer.Ordinal))
        {
            if (graph.Find(shard) is not { } node)
            {
                if (position.Kind == ShardPositionKind.End)
                    continue;
                Gaps.Found(stream, shard, position);
                await output.PushAsync([new(shard) { Status = PartitionStatus.Finished }], stop.Token);
            }
            else if (position.Kind == ShardPositionKind.End && !node.Closed)
            {
                Gaps.Found(stream, shard, position);
                ended.Remove(shard);
                node.Start = ShardPosition.TrimHorizon;
                node.Phase = ShardPhase.Waiting;
            }
        }
    }

    /// <summary>Lets the checkpoint forget ended shards that the stream no longer lists, because they cannot come back.</summary>
    private async Task ForgetAsync(IReadOnlyList<Shard> listing)
    {
        var gone = ended.Except(listing.Select(shard => shard.ShardId!)).Order(StringComparer.Ordinal).ToList();
        await output.PushAsync(gone.Select(shard => new ViewBatch(shard) { Status = PartitionStatus.Finished }), stop.Token);
        ended.ExceptWith(gone);
    }

    /// <summary>Announces shards, and starts their readers.</summary>
    /// <param name="nodes">The shards.</param>
    /// <param name="then">Batches to push directly after the announcement, with no other batch between.</param>
    private async Task StartAsync(IReadOnlyList<ShardNode> nodes, IReadOnlyList<ViewBatch> then)
    {
        var announcements = nodes.Select(node => Batch(node.Id, node.Start, PartitionStatus.Active));
        await output.PushAsync(announcements.Concat(then), stop.Token);
        foreach (var node in nodes)
        {
            node.Phase = ShardPhase.Reading;
            KinesisLog.ShardStarted(stream.Logger, stream.Options.StreamName, node.Id, node.Start.ToString());
            var reader = new ShardReader(stream, node, output, reads, gated: !graph.IsWaitedFor(node));
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
            node.Phase = ShardPhase.Finished;
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
