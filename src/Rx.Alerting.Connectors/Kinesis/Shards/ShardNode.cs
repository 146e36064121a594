using Amazon.Kinesis.Model;

namespace Rx.Alerting.Connectors.Kinesis.Shards;

internal enum ShardState
{
    /// <summary>Not read yet.</summary>
    Waiting,

    /// <summary>Announced and being read.</summary>
    Reading,

    /// <summary>Read to its end, or left out.</summary>
    Finished,
}

/// <summary>A shard and how far it is.</summary>
internal sealed class ShardNode(Shard shard)
{
    internal string Id { get; } = shard.ShardId!;

    internal string? ParentId { get; } = shard.ParentShardId;

    internal string? OtherParentId { get; } = shard.AdjacentParentShardId;

    internal bool Closed { get; } = shard.SequenceNumberRange?.EndingSequenceNumber is not null;

    /// <summary>No record of the shard has a smaller sequence number.</summary>
    internal string? FirstSequence { get; } = shard.SequenceNumberRange?.StartingSequenceNumber;

    internal HashRange Hashes { get; } = HashRange.Of(shard);

    /// <summary>Where reading begins.</summary>
    internal ShardPosition Start { get; set; } = ShardPosition.TrimHorizon;

    /// <summary>Whether reading begins with what comes from now on; <see cref="Start"/> is then for a resumption only.</summary>
    internal bool FromLatest { get; set; }

    internal ShardState State { get; set; }
}
