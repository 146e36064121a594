using Amazon.Kinesis.Model;

namespace Rx.Alerting.Connectors.Kinesis.Shards;

internal enum ShardPhase
{
    /// <summary>Not read yet.</summary>
    Waiting,

    /// <summary>Announced and being read.</summary>
    Reading,

    /// <summary>Read to its end, or skipped.</summary>
    Finished,
}

/// <summary>A shard, where its reading begins, and whether it is read.</summary>
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

    /// <summary>Whether reading begins with the records that come from now on. Then only a resumption uses <see cref="Start"/>.</summary>
    internal bool FromLatest { get; set; }

    internal ShardPhase Phase { get; set; }
}
