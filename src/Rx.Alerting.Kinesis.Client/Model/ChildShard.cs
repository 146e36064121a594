namespace Amazon.Kinesis.Model;

/// <summary>A shard that follows the one that has ended.</summary>
public sealed class ChildShard
{
    public string? ShardId { get; set; }

    public List<string>? ParentShards { get; set; }

    public HashKeyRange? HashKeyRange { get; set; }
}
