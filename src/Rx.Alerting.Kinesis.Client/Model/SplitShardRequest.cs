using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

/// <summary>A shard to make two of.</summary>
public sealed class SplitShardRequest : AmazonWebServiceRequest
{
    public string? StreamName { get; set; }

    public string? ShardToSplit { get; set; }

    public string? NewStartingHashKey { get; set; }
}
