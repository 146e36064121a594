using Amazon.Kinesis.Model;
using Rx.Alerting.Connectors.Positions;

namespace Rx.Alerting.Connectors.Kinesis.Shards;

/// <summary>
/// Knows the shards of the stream and their parents. Decides where each shard starts and when: when all its known parents have been read to
/// their end.
/// </summary>
/// <remarks>
/// Without a checkpoint:
/// <list type="bullet">
/// <item>Every shard starts where the options say.</item>
/// <item>With <see cref="StartAt.Latest"/>, closed shards are skipped.</item>
/// </list>
/// With a checkpoint:
/// <list type="bullet">
/// <item>A shard that is in the checkpoint starts at its position.</item>
/// <item>A shard that is missing from the checkpoint is new: it starts at its beginning.</item>
/// <item>Exception: the first listing has a shard of which a descendant is in the checkpoint. The shard ended before the first start: it is
/// skipped.</item>
/// <item>Exception: the checkpoint still has a shard at the time of the first start. Then it may have been written before the other shards
/// were announced, so missing shards start at that time. To a shard that is newer than that time, this is its beginning.</item>
/// </list>
/// </remarks>
internal sealed class ShardGraph(IReadOnlyDictionary<string, ShardPosition> positions, StartAt start, ShardPosition startPosition)
{
    private readonly Dictionary<string, ShardNode> nodes = new(StringComparer.Ordinal);

    /// <summary>Where a shard starts that is missing from the checkpoint.</summary>
    private readonly ShardPosition startOfMissing = positions.Values
        .Where(position => position.Kind == ShardPositionKind.Timestamp)
        .DefaultIfEmpty(ShardPosition.TrimHorizon)
        .MinBy(position => position.Milliseconds);

    private bool listed;

    /// <summary>Takes in a whole listing. Shards that have vanished from the listing stay known.</summary>
    internal void Update(IReadOnlyList<Shard> listing)
    {
        var added = listing
            .Where(shard => !nodes.ContainsKey(shard.ShardId!))
            .Select(shard => nodes[shard.ShardId!] = new(shard))
            .ToList();
        foreach (var node in added)
            Place(node);
        listed = true;
    }

    internal ShardNode? Find(string id) => nodes.GetValueOrDefault(id);

    /// <summary>Waiting shards that may be read now, by name, so older shards come first.</summary>
    internal IReadOnlyList<ShardNode> Ready() => InOrder(nodes.Values.Where(node => MayBeRead(node, ended: null)));

    /// <summary>Waiting shards that may be read once <paramref name="node"/> has ended, by name.</summary>
    internal IReadOnlyList<ShardNode> ReadyAfter(ShardNode node) => InOrder(Children(node).Where(child => MayBeRead(child, ended: node)));

    /// <summary>
    /// Whether a shard that is in the checkpoint waits for this shard. Then this shard must be read even if its gate is closed.
    /// </summary>
    internal bool IsWaitedFor(ShardNode node) => positions.Count > 0 && HasKnownDescendant(node);

    /// <summary>Whether a listing shows this shard as closed: then the children are in the same listing.</summary>
    internal bool HasChildren(ShardNode node) => Children(node).Any();

    private static IReadOnlyList<ShardNode> InOrder(IEnumerable<ShardNode> which) =>
        [.. which.OrderBy(node => node.Id, StringComparer.Ordinal)];

    /// <param name="node">The shard.</param>
    /// <param name="ended">A parent that has ended, though its phase does not say so yet.</param>
    private bool MayBeRead(ShardNode node, ShardNode? ended) =>
        node.Phase == ShardPhase.Waiting && Parents(node).All(parent => parent == ended || parent.Phase == ShardPhase.Finished);

    private void Place(ShardNode node)
    {
        if (positions.TryGetValue(node.Id, out var position))
        {
            node.Start = position;
            node.Phase = position.Kind == ShardPositionKind.End ? ShardPhase.Finished : ShardPhase.Waiting;
        }
        else if (positions.Count > 0)
        {
            node.Start = startOfMissing;
            node.Phase = !listed && HasKnownDescendant(node) ? ShardPhase.Finished : ShardPhase.Waiting;
        }
        else if (!listed)
        {
            node.Start = startPosition;
            node.FromLatest = start == StartAt.Latest;
            node.Phase = node.FromLatest && node.Closed ? ShardPhase.Finished : ShardPhase.Waiting;
        }
    }

    private bool HasKnownDescendant(ShardNode node) =>
        Children(node).Any(child => positions.ContainsKey(child.Id) || HasKnownDescendant(child));

    private IEnumerable<ShardNode> Children(ShardNode node) =>
        nodes.Values.Where(child => child.ParentId == node.Id || child.OtherParentId == node.Id);

    private IEnumerable<ShardNode> Parents(ShardNode node)
    {
        if (node.ParentId is { } first && nodes.TryGetValue(first, out var parent))
            yield return parent;
        if (node.OtherParentId is { } second && nodes.TryGetValue(second, out parent))
            yield return parent;
    }
}
