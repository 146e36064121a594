using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

/// <summary>An iterator, good for five minutes.</summary>
public sealed class GetShardIteratorResponse : AmazonWebServiceResponse
{
    public string? ShardIterator { get; set; }
}
