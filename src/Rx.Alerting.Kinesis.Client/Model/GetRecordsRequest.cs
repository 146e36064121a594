using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

/// <summary>Reads on from an iterator, at most Limit records and 10 MiB.</summary>
public sealed class GetRecordsRequest : AmazonWebServiceRequest
{
    public string? ShardIterator { get; set; }

    public int? Limit { get; set; }
}
