using Amazon.Kinesis.Model;
using Rx.Alerting.Connectors.Positions;

namespace Rx.Alerting.Connectors.Kinesis.Shards;

/// <summary>Which shards there are and in what order they may be read: each when all its parents that are known have been read to their end.</summary>
/// <remarks>
/// Without a checkpoint every shard starts where the options say. With one, a shard that it does not know has come since and is read from its
/// beginning, unless a descendant of it is known: then it ended before the first start. Only <see cref="StartAt.Latest"/>
/// leaves shards out that are closed. Where the checkpoint still has a shard at the time of the first start, it may be older than the announcement
/// of others, so that one it does not know starts at that time, too; to one that has come since, that is its beginning.
/// </remarks>
internal sealed class ShardGraph(IReadOnlyDictionary<string, ShardPosition> positions, StartAt start, ShardPosition startPosition)
{
    private readonly Dictionary<string, ShardNode> nodes = new(StringComparer.Ordinal);
    private readonly ShardPosition unknownStart =
        positions.Values.Where(position => position.Kind == ShardPositionKind.Timestamp).DefaultIfEmpty(ShardPosition.TrimHorizon).MinBy(position => position.Milliseconds);

    private bool listed;

    /// <summary>Takes in a whole listing. Shards that have vanished from it stay known.</summary>
    internal void Update(IReadOnlyList<Shard> listing)
    {
        var added = listing.Where(shard => !nodes.ContainsKey(shard.ShardId!)).Select(shard => nodes[shard.ShardId!] = new(shard)).ToList();
        foreach (var node in added)
            Place(node);
        listed = true;
    }

    internal ShardNode? Find(string id) => nodes.GetValueOrDefault(id);

    /// <summary>Shards that may be read now and are not yet, by name: older ones first.</summary>
    internal IReadOnlyList<ShardNode> Ready() =>
        [.. nodes.Values.Where(node => node.State == ShardState.Waiting && Parents(node).All(parent => parent.State == ShardState.Finished)).OrderBy(node => node.Id, StringComparer.Ordinal)];

    /// <summary>The shards that may be read once <paramref name="node"/> has ended.</summary>
    internal IReadOnlyList<ShardNode> ReadyAfter(ShardNode node) =>
        [.. Children(node).Where(child => child.State == ShardState.Waiting && Parents(child).All(parent => parent == node || parent.State == ShardState.Finished)).OrderBy(child => child.Id, StringComparer.Ordinal)];

    /// <summary>Whether a checkpoint already knows a shard that waits for this one, so that this one must be read whatever its event time.</summary>
    internal bool IsWaitedFor(ShardNode node) => positions.Count > 0 && HasKnownDescendant(node);

    /// <summary>Whether a listing shows this shard closed; a closed shard has children in the same listing.</summary>
    internal bool HasChildren(ShardNode node) => Children(node).Any();

    private void Place(ShardNode node)
    {
        if (positions.TryGetValue(node.Id, out var position))
        {
            node.Start = position;
            node.State = position.Kind == ShardPositionKind.End ? ShardState.Finished : ShardState.Waiting;
        }
        else if (positions.Count > 0)
        {
            node.Start = unknownStart;
            node.State = !listed && HasKnownDescendant(node) ? ShardState.Finished : ShardState.Waiting;
        }
        else if (!listed)
        {
            node.Start = startPosition;
            node.FromLatest = start == StartAt.Latest;
            node.State = node.FromLatest && node.Closed ? ShardState.Finished : ShardState.Waiting;
        }
    }

    private bool HasKnownDescendant(ShardNode node) =>
        Children(node).Any(child => positions.ContainsKey(child.Id) || HasKnownDescendant(child));

    private IEnumerable<ShardNode> Children(ShardNode node) => nodes.Values.Where(child => child.ParentId == node.Id || child.OtherParentId == node.Id);

    private IEnumerable<ShardNode> Parents(ShardNode node)
    {
        if (node.ParentId is { } first && nodes.TryGetValue(first, out var parent))
            yield return parent;
        if (node.OtherParentId is { } second && nodes.TryGetValue(second, out parent))
            yield return parent;
    }
}
