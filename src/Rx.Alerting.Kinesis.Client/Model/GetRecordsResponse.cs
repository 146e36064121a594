using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

/// <summary>Records of a shard. NextShardIterator is null at the end of a closed shard; MillisBehindLatest is 0 at the tip.</summary>
public sealed class GetRecordsResponse : AmazonWebServiceResponse
{
    public List<Record>? Records { get; set; }

    public string? NextShardIterator { get; set; }

    public long? MillisBehindLatest { get; set; }

    public List<ChildShard>? ChildShards { get; set; }
}
