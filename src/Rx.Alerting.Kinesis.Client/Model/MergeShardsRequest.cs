using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

/// <summary>Two neighbouring shards to make one of.</summary>
public sealed class MergeShardsRequest : AmazonWebServiceRequest
{
    public string? StreamName { get; set; }

    public string? ShardToMerge { get; set; }

    public string? AdjacentShardToMerge { get; set; }
}
