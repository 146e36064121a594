using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

/// <summary>A page of a stream's shards: the first by StreamName, others by NextToken alone.</summary>
public sealed class ListShardsRequest : AmazonWebServiceRequest
{
    public string? StreamName { get; set; }

    public string? NextToken { get; set; }

    public int? MaxResults { get; set; }
}
