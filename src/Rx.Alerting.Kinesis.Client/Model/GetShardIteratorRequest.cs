using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

/// <summary>Where in a shard to start.</summary>
public sealed class GetShardIteratorRequest : AmazonWebServiceRequest
{
    public string? StreamName { get; set; }

    public string? ShardId { get; set; }

    public ShardIteratorType? ShardIteratorType { get; set; }

    public string? StartingSequenceNumber { get; set; }

    public DateTime? Timestamp { get; set; }
}
