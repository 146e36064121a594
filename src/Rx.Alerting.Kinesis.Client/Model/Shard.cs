namespace Amazon.Kinesis.Model;

/// <summary>A shard. One that came of a split has a parent, one of a merge two.</summary>
public sealed class Shard
{
    public string? ShardId { get; set; }

    public string? ParentShardId { get; set; }

    public string? AdjacentParentShardId { get; set; }

    public HashKeyRange? HashKeyRange { get; set; }

    public SequenceNumberRange? SequenceNumberRange { get; set; }
}
