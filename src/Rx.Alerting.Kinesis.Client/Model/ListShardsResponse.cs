using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

/// <summary>A page of shards, closed ones within the retention included. NextToken is null on the last page.</summary>
public sealed class ListShardsResponse : AmazonWebServiceResponse
{
    public List<Shard>? Shards { get; set; }

    public string? NextToken { get; set; }
}
